// All items of a list, page by page. Owns going on with the cursor; each page is asked for when the one before was used up.
import type { Answer } from './answer.ts'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string | null | undefined
}

/** `for await (const config of eachItem(konfig.listConfigs, { query: { namespace: 'billing' } })) …` */
export async function* eachItem<Request extends { readonly query?: object | undefined }, Item>(
  list: (request: Request) => Promise<Answer<Page<Item>>>,
  request: Request,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const asked = cursor === undefined ? request : { ...request, query: { ...request.query, cursor } }
    const { items, next } = (await list(asked)).body
    yield* items
    cursor = next ?? undefined
  } while (cursor !== undefined)
}
