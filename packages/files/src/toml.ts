// Reads TOML through its library: dates as the text that they are, integers exact. Lines of keys are found by a look over
// the text, since the library tells none.
import { parse, TomlError } from 'smol-toml'
import { stop } from './refusal.ts'
import { checkDepth, checkKey, deepestTree, type Entry, exactNumber, type Tree } from './tree.ts'

const part = String.raw`(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')`
const path = `(${part}(?:[ \\t]*\\.[ \\t]*${part})*)`
const header = new RegExp(`^[ \\t]*\\[\\[?[ \\t]*${path}[ \\t]*\\]`)
const assigned = new RegExp(`^[ \\t]*${path}[ \\t]*=`)

const namesIn = (dotted: string): readonly string[] =>
  (dotted.match(new RegExp(part, 'g')) ?? []).map((name) => (/^["']/.test(name) ? name.slice(1, -1) : name))

const join = (names: readonly string[]): string => names.join('\0')

/** Where each key is first set, by its path; text over several lines may bring in paths that nobody asks for. */
const linesOf = (text: string): ReadonlyMap<string, number> => {
  const lines = new Map<string, number>()
  let table: readonly string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const opened = header.exec(line)?.[1]
    const named = opened === undefined ? assigned.exec(line)?.[1] : undefined
    if (opened !== undefined) table = namesIn(opened)
    const names = opened === undefined ? (named === undefined ? [] : [...table, ...namesIn(named)]) : table
    for (let length = Math.min(names.length, deepestTree + 1); length > 0; length -= 1) {
      const place = join(names.slice(0, length))
      if (!lines.has(place)) lines.set(place, index + 1)
    }
  }
  return lines
}

interface Reading {
  readonly lines: ReadonlyMap<string, number>
}

const build = (reading: Reading, value: unknown, names: readonly string[], above: number, depth: number): Tree => {
  const line = reading.lines.get(join(names)) ?? above
  checkDepth(depth, line)
  if (typeof value === 'number' || typeof value === 'bigint')
    return { kind: 'scalar', line, value: exactNumber(value, line) }
  if (typeof value === 'string')
    return value.isWellFormed() ? { kind: 'scalar', line, value } : stop('has half of a Unicode character', line)
  if (typeof value === 'boolean') return { kind: 'scalar', line, value }
  if (value instanceof Date) return { kind: 'scalar', line, value: value.toISOString() }
  if (Array.isArray(value))
    return {
      kind: 'list',
      line,
      items: value.map((item, index) => build(reading, item, [...names, String(index)], line, depth + 1)),
    }
  if (typeof value !== 'object' || value === null) return stop('has a value that JSON cannot hold', line)
  const entries = Object.entries(value).map(([key, child]): Entry => {
    const at = reading.lines.get(join([...names, key])) ?? line
    return { key: checkKey(key, at), line: at, tree: build(reading, child, [...names, key], at, depth + 1) }
  })
  return { kind: 'map', line, entries }
}

/** The first line of the library's sentence is a fixed one; those after it show the text, and stay away. */
const complaint = ({ message }: TomlError): string => {
  const reason = /^Invalid TOML document: ([a-z :-]+)/.exec(message)?.[1]
  return reason === undefined ? 'is not TOML' : `is not TOML: ${reason.trim()}`
}

const parsed = (text: string): unknown => {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded', unsafeKeyBehaviour: 'keep', maxDepth: 200 })
  } catch (error) {
    if (error instanceof TomlError) return stop(complaint(error), error.line)
    throw error
  }
}

export const readToml = (text: string): readonly Tree[] => {
  const tree = build({ lines: linesOf(text) }, parsed(text), [], 1, 0)
  return tree.kind === 'map' && tree.entries.length === 0 ? [] : [tree]
}
