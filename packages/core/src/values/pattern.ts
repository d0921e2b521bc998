// Patterns that users write: which are accepted, and matching in linear time. Knows nothing of configs or schemas.
import { RE2JS } from 're2js'

export interface Pattern {
  /** Steps that one character may cost. */
  readonly size: number
  /** Longer text is not tested but refused by `checkPattern`, so that a test costs at most some 50 ms. */
  readonly longest: number
  /** Whether the pattern is found anywhere in the text, as in JSON Schema and JavaScript; `^` and `$` anchor. */
  readonly test: (text: string) => boolean
}

export type Parsed = { readonly ok: true; readonly pattern: Pattern } | { readonly ok: false; readonly rule: string }

export const longestPattern = 1000
const longestText = 65_536
/** `.{1000}` and `\d{1,1000}` are the largest that fit; a hundred of them in a row would take half a minute. */
const largestProgram = 2100
const mostWork = 4_000_000

const withoutClasses = (source: string): string =>
  source.replace(/\\[^1-9k]/gu, '').replace(/\[(?:\\.|[^\]\\])*\]/gu, '')

/** Names what a linear-time engine cannot do, so that nobody has to guess. */
const unsupported = (source: string): string | undefined => {
  const bare = withoutClasses(source)
  if (/\(\?<?[=!]/u.test(bare)) {
    return 'must not use lookahead or lookbehind, which need unbounded time; use minLength and maxLength, or a JSON Schema with several patterns'
  }
  if (/\\[1-9]|\\k</u.test(bare))
    return 'must not use backreferences, which need unbounded time; use several patterns in a JSON Schema'
  return undefined
}

const parse = (source: string): Parsed => {
  if (source.length > longestPattern) return { ok: false, rule: `must not be longer than ${longestPattern} characters` }
  const reason = unsupported(source)
  if (reason !== undefined) return { ok: false, rule: reason }
  try {
    new RegExp(source, 'u')
  } catch {
    return { ok: false, rule: 'must be a regular expression that JavaScript accepts with the u flag' }
  }
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source))
    const size = compiled.programSize()
    if (size > largestProgram)
      return { ok: false, rule: 'must not repeat so much: written out it grows too large; lower the counts in braces' }
    const longest = Math.min(longestText, Math.floor(mostWork / size))
    return { ok: true, pattern: { size, longest, test: (text) => compiled.test(text) } }
  } catch {
    return { ok: false, rule: 'must be a regular expression that RE2 accepts' }
  }
}

/** What parsing takes, in steps of about 100 ns. A class of Unicode characters is a table to be joined. */
export const parsingSteps = (source: string): number =>
  source.length > longestPattern ? 10 : 100 + source.length * 60 + (source.match(/\\p/giu)?.length ?? 0) * 2000

/** Told of work before it is done: whoever counts it may stop it by throwing. */
export type Pay = (steps: number) => void

const kept = new Map<string, Parsed>()
const mostKept = 500

/** Parses a pattern once; the most recent 500 are kept. */
export const parsePattern = (source: string, pay?: Pay): Parsed => {
  const known = kept.get(source)
  if (known !== undefined) {
    kept.delete(source)
    kept.set(source, known)
    return known
  }
  pay?.(parsingSteps(source))
  const parsed = parse(source)
  if (source.length <= longestPattern) kept.set(source, parsed)
  const oldest = kept.size > mostKept ? kept.keys().next().value : undefined
  if (oldest !== undefined) kept.delete(oldest)
  return parsed
}

/** The rule that a text breaks, or undefined. A pattern that no longer parses lets nothing through. */
export const checkPattern = (source: string, text: string, pay?: Pay): string | undefined => {
  const parsed = parsePattern(source, pay)
  if (!parsed.ok) return 'cannot be checked: its pattern is not usable'
  if (text.length > parsed.pattern.longest)
    return `must not be longer than ${parsed.pattern.longest} characters, as far as its pattern is tested`
  pay?.((parsed.pattern.size * text.length) / 10)
  return parsed.pattern.test(text) ? undefined : 'must match its pattern'
}
