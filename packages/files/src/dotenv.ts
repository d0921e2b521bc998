// Reads dotenv files as the libraries of that name do: `export`, quotes over several lines, comments behind values.
// What those skip in silence is refused with its line. Expands nothing: `$NAME` is the text that it is.
import { readScalar } from './scalar.ts'
import { stop } from './refusal.ts'
import { checkKey, type Entry, type Tree } from './tree.ts'

/** A name and what separates it from its value: `=`, or `:` with white space behind it. */
const opening = /[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)(?:[^\S\n]*=|:(?=[^\S\n]))[^\S\n]*/y
const nothing = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y
const quoted: Readonly<Record<string, RegExp>> = {
  "'": /'((?:\\'|[^'])*)'[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y,
  '"': /"((?:\\"|[^"])*)"[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y,
  '`': /`((?:\\`|[^`])*)`[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y,
}
const bare = /([^#\n]*)(?:#[^\n]*)?(?:\n|$)/y

const linesIn = (text: string): number => {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** One document; text in quotes stays text, what stands bare is a number, true or false where it is written exactly so. */
export const readDotenv = (text: string): readonly Tree[] => {
  const entries: Entry[] = []
  let at = 0
  let line = 1
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text) ?? undefined
    if (found !== undefined) {
      at = pattern.lastIndex
      line += linesIn(found[0])
    }
    return found
  }
  while (at < text.length) {
    if (take(nothing) !== undefined) continue
    const start = line
    const named = take(opening) ?? stop('is neither NAME=value, nor a comment, nor empty', start)
    const key = checkKey(named[1] ?? '', start)
    const quote = text[at] ?? ''
    const pattern = quoted[quote]
    if (pattern !== undefined) {
      const inside = take(pattern)?.[1] ?? stop('opens a quote that does not end, or has text behind it', start)
      const value = quote === '"' ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inside
      entries.push({ key, line: start, tree: { kind: 'scalar', line: start, value } })
    } else {
      const value = readScalar((take(bare)?.[1] ?? '').trim())
      entries.push({ key, line: start, tree: { kind: 'scalar', line: start, value } })
    }
  }
  return entries.length === 0 ? [] : [{ kind: 'map', line: 1, entries }]
}
