// Follows the pages of a list until there are enough items. Owns nothing but the cursor.
import type { ApiRequest, Client } from '../http/client.ts'

export interface Page {
  readonly items: readonly unknown[]
  /** The cursor of what was not read; null where all was. */
  readonly next: string | null
}

const pageSize = 1000

/** `limit` 0: all of them. */
export const pagesOf = async (client: Client, request: ApiRequest, limit: number): Promise<Page> => {
  const items: unknown[] = []
  let cursor: string | null | undefined
  do {
    const left = limit === 0 ? pageSize : Math.min(pageSize, limit - items.length)
    const { body } = await client.ask({
      ...request,
      query: { ...request.query, limit: left, ...(typeof cursor === 'string' ? { cursor } : {}) },
    })
    const page = body as Page
    items.push(...page.items)
    cursor = page.next
  } while (typeof cursor === 'string' && (limit === 0 || items.length < limit))
  return { items, next: cursor ?? null }
}
