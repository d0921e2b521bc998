// How much a page may hold in bytes: values are up to 1 MiB each, and a page has up to a thousand items. Knows nothing of cursors.
import { jsonBytes } from '@konfig/core'

/** A page ends before an item that would take it beyond; its `next` goes on with that item. */
export const mostPageBytes = 32 * 2 ** 20

/** Texts up to this length are counted by their length: to weigh them exactly would cost as much as to send them. */
const shortText = 64

/** Bytes of JSON, near enough: exact for every long text, which are what makes an item large. */
const weightOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length <= shortText ? value.length + 2 : jsonBytes(value)
  if (typeof value !== 'object' || value === null) return 8
  let weight = 2
  if (Array.isArray(value)) for (const item of value) weight += weightOf(item) + 1
  else for (const [name, item] of Object.entries(value)) weight += name.length + 4 + weightOf(item)
  return weight
}

/** Counts what goes onto a page: whether one more still fits. The first always does, so that a page goes on. */
export const openPageRoom = (): ((item: unknown) => boolean) => {
  let weight = 0
  return (item) => {
    const first = weight === 0
    weight += weightOf(item)
    return first || weight <= mostPageBytes
  }
}

/** How many of these, from the first, fit on one page. */
export const fitting = (items: Iterable<unknown>): number => {
  const fits = openPageRoom()
  let count = 0
  for (const item of items) {
    if (!fits(item)) break
    count++
  }
  return count
}
