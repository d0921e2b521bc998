// The beginning of what was sent, for saying what is wrong with it: the search for mistakes looks at every part, and 16 MiB hold millions.
// Promise: what is cut away lies behind everything that is kept, so the first mistakes are the same.

const mostParts = 20_000

export interface Excerpt {
  readonly value: unknown
  /** What was missed in it may only have been cut away. */
  readonly cut: boolean
}

export const excerptOf = (sent: unknown): Excerpt => {
  let left = mostParts
  let cut = false
  const copy = (value: unknown): unknown => {
    left--
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      const items: unknown[] = []
      for (const item of value) {
        if (left <= 0) break
        items.push(copy(item))
      }
      if (items.length < value.length) cut = true
      return items
    }
    const members: [string, unknown][] = []
    for (const name in value) {
      if (left <= 0) {
        cut = true
        break
      }
      members.push([name, copy((value as { readonly [name: string]: unknown })[name])])
    }
    return Object.fromEntries(members)
  }
  return { value: copy(sent), cut }
}
