// Reads TOML through its library: dates as the text that they are, integers exact. Lines of keys are found by a look over
// the text, since the library tells none.
import { parse, TomlDate, TomlError } from 'smol-toml'
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

interface Written {
  readonly line: number
  readonly text: string
}

interface Reading {
  readonly lines: ReadonlyMap<string, number>
  /** Everything that looks like a date or a time, by the moment that the library makes of it, in the order of the text. */
  readonly dates: ReadonlyMap<string, Written[]>
}

const day = String.raw`\d{4}-\d{2}-\d{2}`
const time = String.raw`\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?`
const dateLike = new RegExp(`${day}(?:[Tt ]${time}(?:[Zz]|[+-]\\d{2}:\\d{2})?)?|${time}`, 'g')

const datesOf = (text: string): Reading['dates'] => {
  const dates = new Map<string, Written[]>()
  for (const [index, line] of text.split('\n').entries())
    for (const [found] of line.matchAll(dateLike)) {
      const date = new TomlDate(found)
      if (Number.isNaN(date.getTime())) continue
      const moment = date.toISOString()
      const list = dates.get(moment) ?? []
      dates.set(moment, list)
      list.push({ line: index + 1, text: found })
    }
  return dates
}

/** The library keeps milliseconds and spells them out; what was written is taken from the text, each place once. */
const writtenDate = (dates: Reading['dates'], date: Date, line: number): string => {
  const moment = date.toISOString()
  const list = dates.get(moment) ?? []
  const at = list.findIndex((each) => each.line >= line)
  const [found] = at < 0 ? [] : list.splice(at, 1)
  return found?.text ?? moment
}

const build = (reading: Reading, value: unknown, names: readonly string[], above: number, depth: number): Tree => {
  const line = reading.lines.get(join(names)) ?? above
  checkDepth(depth, line)
  if (typeof value === 'number' || typeof value === 'bigint')
    return { kind: 'scalar', line, value: exactNumber(value, line) }
  if (typeof value === 'string')
    return value.isWellFormed() ? { kind: 'scalar', line, value } : stop('has half of a Unicode character', line)
  if (typeof value === 'boolean') return { kind: 'scalar', line, value }
  if (value instanceof Date) return { kind: 'scalar', line, value: writtenDate(reading.dates, value, line) }
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
  const tree = build({ lines: linesOf(text), dates: datesOf(text) }, parsed(text), [], 1, 0)
  return tree.kind === 'map' && tree.entries.length === 0 ? [] : [tree]
}
