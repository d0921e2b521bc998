// What the patterns of our schemas ask for, in words: a person who mistyped a name is not shown a regular expression. Knows no schema.

const words: readonly (readonly [pattern: string, rule: string])[] = [
  ['^[a-z0-9][a-z0-9_-]{0,62}$', 'must be a name: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter or digit'],
  ['^[a-z0-9*_-]{1,63}$', 'must be a name, or a pattern of names: 1 to 63 of a-z, 0-9, _, - and *'],
  ['^[1-9][0-9]{0,14}$', 'must be a revision, a whole number from 1 such as 42'],
  ['^-?[A-Za-z]+$', 'must be a field, with - before it from high to low'],
  ['^(platform|(brand|plan):[a-z0-9][a-z0-9_-]{0,62})$', 'must be platform, brand:<name> or plan:<name>'],
  ['^[a-z2-7]{16,32}$', 'must be the id of a key'],
  ['^[^@\\s]{1,64}@[^@\\s]{1,189}$', 'must be an email address'],
]
const byPattern: ReadonlyMap<string, string> = new Map(words)

/** The rule of a schema's pattern; without words of its own the pattern stands in it. */
export const patternRuleOf = (pattern: string): string => byPattern.get(pattern) ?? `must match pattern "${pattern}"`

/** What a schema's check found, as a rule in words. */
export const ruleInWords = (found: {
  readonly keyword: string
  readonly params: object
  readonly message: string
}): string => {
  const { pattern } = found.params as { readonly pattern?: unknown }
  return found.keyword === 'pattern' && (typeof pattern === 'string' || pattern instanceof RegExp)
    ? patternRuleOf(typeof pattern === 'string' ? pattern : pattern.source)
    : found.message
}
