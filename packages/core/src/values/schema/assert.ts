// The assertions of JSON Schema: keywords that judge a value by itself, without looking into subschemas.
import { checkFormat } from '../format.ts'
import { isArray, isObject, type Json } from '../json-value.ts'
import { isMultipleOf } from '../number.ts'
import { codePoints } from '../string.ts'
import { parsingSteps } from '../pattern.ts'
import { type Here, type Run, spend, tell, testPattern, textOf } from './run.ts'

type Assert = (argument: Json, here: Here) => boolean

const typeOf = (value: Json): string => (value === null ? 'null' : isArray(value) ? 'array' : typeof value)

const isType = (name: string, value: Json): boolean =>
  name === typeOf(value) || (name === 'integer' && Number.isInteger(value))

/** One text for all values that are equal: keys sorted, strings quoted. Costs a step a node and one a 16 characters. */
const canonical = (value: Json, run: Run): string => {
  if (!spend(run, 1)) return ''
  if (isArray(value)) return `[${value.map((item) => canonical(item, run)).join()}]`
  if (isObject(value)) {
    const keys = Object.keys(value).toSorted()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null, run)}`).join()}}`
  }
  const text = JSON.stringify(value)
  spend(run, text.length >> 4)
  return text
}

const isOneOf = (options: readonly Json[], here: Here): boolean => {
  spend(here.run, options.length)
  if (typeof here.value !== 'object') return options.includes(here.value)
  const text = canonical(here.value, here.run)
  return options.some((option) => typeOf(option) === typeOf(here.value) && canonical(option, here.run) === text)
}

const isUnique = (items: readonly Json[], run: Run): boolean => {
  const seen = new Set<string>()
  for (const item of items) {
    const text = canonical(item, run)
    if (seen.has(text)) return false
    seen.add(text)
    if (!spend(run, 1)) return false
  }
  return true
}

const number =
  (rule: (argument: number) => string, holds: (value: number, argument: number) => boolean): Assert =>
  (argument, here) =>
    typeof here.value !== 'number' || holds(here.value, Number(argument)) || tell(here, rule(Number(argument)))

const text =
  (rule: (argument: Json) => string, holds: (value: string, argument: Json, run: Run) => boolean): Assert =>
  (argument, here) => {
    if (typeof here.value !== 'string') return true
    spend(here.run, here.value.length >> 6)
    return holds(here.value, argument, here.run) || tell(here, rule(argument))
  }

const size =
  (
    rule: (argument: number) => string,
    sizeOf: (value: Json) => number | undefined,
    holds: (size: number, argument: number) => boolean,
  ): Assert =>
  (argument, here) => {
    const found = sizeOf(here.value)
    return found === undefined || holds(found, Number(argument)) || tell(here, rule(Number(argument)))
  }

const itemsIn = (value: Json): number | undefined => (isArray(value) ? value.length : undefined)
const keysIn = (value: Json): number | undefined => (isObject(value) ? Object.keys(value).length : undefined)

const missing = (names: readonly Json[], here: Here): string | undefined => {
  spend(here.run, names.length)
  const value = here.value
  return isObject(value) ? names.map(String).find((name) => !Object.hasOwn(value, name)) : undefined
}

const required: Assert = (argument, here) => {
  const name = missing(isArray(argument) ? argument : [], here)
  return name === undefined || tell(here, `must have ${JSON.stringify(name)}`)
}

const dependentRequired: Assert = (argument, here) =>
  Object.entries(argument ?? {}).every(([key, names]) => {
    spend(here.run, 1)
    if (!isObject(here.value) || !Object.hasOwn(here.value, key)) return true
    const name = missing(isArray(names) ? names : [], here)
    return name === undefined || tell(here, `must have ${JSON.stringify(name)}, as it has ${JSON.stringify(key)}`)
  })

export const assertions: ReadonlyMap<string, Assert> = new Map<string, Assert>([
  [
    'type',
    (argument, here) => {
      const names = (isArray(argument) ? argument : [argument]).map(textOf)
      return names.some((name) => isType(name, here.value)) || tell(here, `must be of type ${names.join(' or ')}`)
    },
  ],
  [
    'enum',
    (argument, here) =>
      isOneOf(isArray(argument) ? argument : [], here) || tell(here, 'must be one of the values under enum'),
  ],
  ['const', (argument, here) => isOneOf([argument], here) || tell(here, 'must be the value under const')],
  [
    'minimum',
    number(
      (least) => `must be at least ${least}`,
      (value, least) => value >= least,
    ),
  ],
  [
    'maximum',
    number(
      (most) => `must be at most ${most}`,
      (value, most) => value <= most,
    ),
  ],
  [
    'exclusiveMinimum',
    number(
      (bound) => `must be above ${bound}`,
      (value, bound) => value > bound,
    ),
  ],
  [
    'exclusiveMaximum',
    number(
      (bound) => `must be below ${bound}`,
      (value, bound) => value < bound,
    ),
  ],
  [
    'multipleOf',
    (step, here) =>
      typeof here.value !== 'number' ||
      (spend(here.run, 20) && isMultipleOf(here.value, Number(step))) ||
      tell(here, `must be a multiple of ${Number(step)}`),
  ],
  [
    'minLength',
    text(
      (least) => `must have at least ${Number(least)} characters`,
      (value, least) => codePoints(value) >= Number(least),
    ),
  ],
  [
    'maxLength',
    text(
      (most) => `must have at most ${Number(most)} characters`,
      (value, most) => codePoints(value) <= Number(most),
    ),
  ],
  [
    'pattern',
    text(
      () => 'must match its pattern, and not be longer than the pattern is tested',
      (value, pattern, run) => testPattern(run, textOf(pattern), value),
    ),
  ],
  [
    'format',
    text(
      (format) => `must be of format ${textOf(format)}`,
      (value, format, run) =>
        // The one format that costs more than a look at the text.
        (format !== 'regex' || spend(run, parsingSteps(value))) && checkFormat(textOf(format), value) === undefined,
    ),
  ],
  [
    'minItems',
    size(
      (least) => `must have at least ${least} items`,
      itemsIn,
      (found, least) => found >= least,
    ),
  ],
  [
    'maxItems',
    size(
      (most) => `must have at most ${most} items`,
      itemsIn,
      (found, most) => found <= most,
    ),
  ],
  [
    'uniqueItems',
    (argument, here) =>
      argument !== true ||
      !isArray(here.value) ||
      isUnique(here.value, here.run) ||
      tell(here, 'must not repeat an item'),
  ],
  [
    'minProperties',
    size(
      (least) => `must have at least ${least} keys`,
      keysIn,
      (found, least) => found >= least,
    ),
  ],
  [
    'maxProperties',
    size(
      (most) => `must have at most ${most} keys`,
      keysIn,
      (found, most) => found <= most,
    ),
  ],
  ['required', required],
  ['dependentRequired', dependentRequired],
])
