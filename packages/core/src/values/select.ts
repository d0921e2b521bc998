// Values of type select: one of a list of strings or numbers.
import { issue } from './field.ts'
import { isArray, type Json, pointerTo } from './json-value.ts'
import type { ValueKind } from './validation.ts'
import { violation } from './violation.ts'

const mostOptions = 1000
const mostNamed = 10
const longestNamed = 200

const isOption = (option: Json): option is string | number => typeof option === 'string' || typeof option === 'number'

const listed = (options: readonly (string | number)[]): string => {
  const names = options.map((option) => JSON.stringify(option)).join(', ')
  return options.length <= mostNamed && names.length <= longestNamed ? names : `the ${options.length} options`
}

export const select: ValueKind = {
  fields: ['options'],
  checkValidation: ({ options }, pointer) => {
    const at = pointerTo(pointer, 'options')
    if (!isArray(options) || options.length === 0) return [issue(at, 'must be a list of at least one option')]
    if (options.length > mostOptions) return [issue(at, `must not have more than ${mostOptions} options`)]
    const seen = new Set<Json>()
    return options.flatMap((option, index) => {
      if (!isOption(option)) return [issue(pointerTo(at, index), 'must be a string or a number')]
      if (seen.has(option)) return [issue(pointerTo(at, index), 'must not repeat an option')]
      seen.add(option)
      return []
    })
  },
  checkValue: ({ options = [] }, value) =>
    options.some((option) => option === value) ? [] : violation(`must be one of ${listed(options)}`),
}
