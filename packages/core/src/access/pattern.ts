// Patterns over names of namespaces and environments: `*` stands for any run of characters, everything else for itself.
// Judged in one pass from left to right, without going back: whoever writes a pattern cannot make it costly.

export const patternText = '^[a-z0-9*_-]{1,63}$'

/** Why a text that is made of the right characters is no pattern all the same. */
export const patternRule = (pattern: string): string | undefined =>
  pattern.includes('**')
    ? 'a pattern has no two * in a row'
    : pattern.startsWith('_') || pattern.startsWith('-')
      ? 'no name begins so; begin with a letter, a digit or *'
      : undefined

/**
 * Whether the pattern stands for the name. A `*` in the name stands for itself and is taken up by a `*` only, so this also says whether
 * all that a second pattern stands for is within the first.
 */
export const matchesPattern = (pattern: string, name: string): boolean => {
  const first = pattern.indexOf('*')
  if (first < 0) return pattern === name
  const last = pattern.lastIndexOf('*')
  const tail = pattern.length - last - 1
  if (name.length < first + tail) return false
  if (!name.startsWith(pattern.slice(0, first)) || !name.endsWith(pattern.slice(last + 1))) return false
  let at = first
  const end = name.length - tail
  if (first === last) return true
  for (const part of pattern.slice(first + 1, last).split('*')) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}

export const matchesAny = (patterns: readonly string[], name: string): boolean => {
  for (const pattern of patterns) if (pattern === name || matchesPattern(pattern, name)) return true
  return false
}
