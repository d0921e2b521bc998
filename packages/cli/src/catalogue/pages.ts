// Follows the pages of a list until there are enough items. Owns nothing but the cursor.
import type { ApiRequest, Client } from '../http/client.ts'

export interface Page {
  readonly items: readonly unknown[]
  /** The cursor of what was not read; null where all was. */
  readonly next: string | null
}

const pageSize = 1000

const cursorIn = (link: string | undefined): string | undefined => {
  const cursor = /<[^>]*[?&]cursor=([^&>]*)[^>]*>; *rel="next"/.exec(link ?? '')?.[1]
  return cursor === undefined ? undefined : decodeURIComponent(cursor)
}

/** Pages that are no JSON and make one text, each handed on as it comes. Answers whether there are more. */
export const textPagesOf = async (
  client: Client,
  request: ApiRequest,
  limit: number,
  take: (text: string) => void,
): Promise<boolean> => {
  let asked = 0
  let cursor: string | undefined
  do {
    const left = limit === 0 ? pageSize : Math.min(pageSize, limit - asked)
    const { text, headers } = await client.ask({
      ...request,
      query: { ...request.query, limit: left, ...(cursor === undefined ? {} : { cursor }) },
    })
    take(text)
    asked += left
    cursor = cursorIn(headers['link'])
  } while (cursor !== undefined && (limit === 0 || asked < limit))
  return cursor !== undefined
}

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
