// Reads JSON itself, since JSON.parse forgets lines, repeated keys and digits beyond 2^53-1.
import { stop } from './refusal.ts'
import { checkDepth, checkKey, type Entry, exactNumber, type Tree } from './tree.ts'

const space = /[ \t\n]*/y
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const quoted = /"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y
const words: ReadonlyMap<string, true | false | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

/**
 * One JSON document, nothing after it. Numbers that would be rounded are refused; `bookkeeping` is for dumps of stores, whose numbers are
 * ids and revisions of their own, of 64 bits, and never values.
 */
export const readJson = (text: string, bookkeeping = false): Tree => {
  let at = 0
  let line = 1

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const skip = (): void => {
    for (const character of take(space) ?? '') if (character === '\n') line += 1
  }
  const fail = (expected: string): never => stop(`is not JSON: ${expected} is expected`, line)

  const takeString = (): string => {
    const found = take(quoted) ?? fail('a string')
    const value = JSON.parse(found) as string
    return value.isWellFormed() ? value : stop('has half of a Unicode character', line)
  }
  /** Items between brackets, separated by commas. */
  const takeItems = <T>(close: string, item: () => T): readonly T[] => {
    const items: T[] = []
    at += 1
    skip()
    if (text[at] !== close) {
      for (;;) {
        items.push(item())
        skip()
        if (text[at] !== ',') break
        at += 1
        skip()
      }
    }
    if (text[at] !== close) fail(`, or ${close}`)
    at += 1
    return items
  }
  const takeEntry = (depth: number): Entry => {
    const start = line
    const key = checkKey(takeString(), line)
    skip()
    if (text[at] !== ':') fail(':')
    at += 1
    skip()
    return { key, line: start, tree: takeValue(depth) }
  }
  const takeValue = (depth: number): Tree => {
    checkDepth(depth, line)
    const start = line
    const first = text[at]
    if (first === '{') return { kind: 'map', line: start, entries: takeItems('}', () => takeEntry(depth + 1)) }
    if (first === '[') return { kind: 'list', line: start, items: takeItems(']', () => takeValue(depth + 1)) }
    if (first === '"') return { kind: 'scalar', line: start, value: takeString() }
    for (const [word, value] of words) {
      if (text.startsWith(word, at)) {
        at += word.length
        return { kind: 'scalar', line: start, value }
      }
    }
    const digits = take(numeral)
    return digits === undefined
      ? fail('a value')
      : { kind: 'scalar', line: start, value: bookkeeping ? Number(digits) : exactNumber(Number(digits), line) }
  }

  skip()
  const tree = takeValue(0)
  skip()
  return at < text.length ? fail('the end of the file') : tree
}
