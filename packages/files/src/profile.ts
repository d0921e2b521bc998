// Spring's profiles: which environments a document is for. Knows nothing of values.
import type { Json } from '@konfig/core'
import { isSlug } from './name.ts'
import { stop } from './refusal.ts'

const activate = 'spring.config.activate.'
const profileKeys: readonly string[] = [
  'spring.config.activate.on-profile',
  'spring.config.activate.onProfile',
  'spring.profiles',
]

/** Said of a document, not a key of it. */
export const isProfileKey = (key: string): boolean => profileKeys.includes(key) || key.startsWith(activate)

export interface Flat {
  readonly key: string
  readonly value: Json
  readonly line: number
}

const listed = (value: Json, line: number): readonly string[] => {
  const parts = Array.isArray(value) ? (value as readonly Json[]) : [value]
  return parts.flatMap((part) =>
    typeof part === 'string'
      ? part.split(',').map((name) => name.trim())
      : stop('names a profile that is not text', line),
  )
}

const environment = (name: string, line: number): string => {
  if (/[!&|()]/.test(name))
    return stop(
      'has a profile expression with !, &, | or parentheses; name profiles one by one, an environment cannot be an expression',
      line,
    )
  return isSlug(name)
    ? name
    : stop('names a profile that cannot be an environment: use a-z, 0-9, _ and -, 63 at most', line)
}

/** The environments of a document, none for its base; and its keys without those that only say so. */
export const profiled = (
  flat: readonly Flat[],
): { readonly environments: readonly string[]; readonly rest: readonly Flat[] } => {
  const naming = flat.filter(({ key }) => profileKeys.includes(key))
  const condition = flat.find(({ key }) => key.startsWith(activate) && !profileKeys.includes(key))
  if (condition !== undefined)
    return stop(
      'activates a document by something else than a profile, which no environment can stand for',
      condition.line,
    )
  const environments = naming.flatMap(({ value, line }) => listed(value, line).map((name) => environment(name, line)))
  return { environments: [...new Set(environments)], rest: flat.filter((entry) => !naming.includes(entry)) }
}
