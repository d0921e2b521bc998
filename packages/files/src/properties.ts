// Reads Java properties: comments, continued lines, escapes, and Spring's `#---` between documents.
// A value that is written exactly as JSON would write a number, true or false is one; all else is text.
import { stop } from './refusal.ts'
import { readScalar } from './scalar.ts'
import { checkKey, type Entry, type Tree } from './tree.ts'

const escapes: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
])

const unescape = (text: string, line: number): string => {
  const plain = text.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.?))/gs,
    (_, code: string | undefined, character: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
      if (character === 'u') return stop('has \\u without four hexadecimal digits', line)
      return escapes.get(character ?? '') ?? character ?? ''
    },
  )
  return plain.isWellFormed() ? plain : stop('has half of a Unicode character', line)
}

/** Whether a line ends in an odd number of backslashes. */
const continues = (line: string): boolean => {
  let end = line.length
  while (line[end - 1] === '\\') end -= 1
  return (line.length - end) % 2 === 1
}

/** Where the key ends: at the first `=`, `:` or white space that is not escaped. */
const separator = /^((?:\\.|[^\\=: \t\f])*)[ \t\f]*(?:[=:][ \t\f]*)?/s

const entryOf = (text: string, line: number): Entry => {
  const match = separator.exec(text)
  const key = checkKey(unescape(match?.[1] ?? '', line), line)
  const value = readScalar(unescape(text.slice(match?.[0].length ?? 0), line))
  return { key, line, tree: { kind: 'scalar', line, value } }
}

/** All documents of a file; those with nothing in them are left out. */
export const readProperties = (text: string): readonly Tree[] => {
  const documents: { readonly line: number; readonly entries: Entry[] }[] = [{ line: 1, entries: [] }]
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index += 1) {
    const start = index + 1
    const first = (lines[index] ?? '').trimStart()
    if (/^[#!]---\s*$/.test(first)) documents.push({ line: start, entries: [] })
    if (first === '' || first.startsWith('#') || first.startsWith('!')) continue
    const parts = [first]
    while (continues(parts.at(-1) ?? '') && index + 1 < lines.length) {
      parts.push(`${(parts.pop() ?? '').slice(0, -1)}`, (lines[(index += 1)] ?? '').trimStart())
    }
    const last = parts.pop() ?? ''
    documents.at(-1)?.entries.push(entryOf(parts.join('') + (continues(last) ? last.slice(0, -1) : last), start))
  }
  return documents
    .filter(({ entries }) => entries.length > 0)
    .map(({ line, entries }) => ({ kind: 'map', line, entries }))
}
