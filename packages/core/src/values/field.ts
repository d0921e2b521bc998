// Checks that the fields of a definition share. Knows nothing of types of values.
import type { Code } from '../errors/codes.ts'
import { failure, type Issue } from '../errors/failure.ts'
import type { Json, JsonObject } from './json-value.ts'
import { pointerTo } from './json-value.ts'

type Refusal = Extract<Code, 'body_invalid' | 'pattern_refused' | 'schema_refused'>

/** One thing that is wrong with a definition; `rule` is a predicate without a full stop. */
export const issue = (pointer: string, rule: string, code: Refusal = 'body_invalid'): Issue => ({
  code,
  detail: failure(code, { pointer, rule }).detail,
  pointer,
})

/** Names each field that is not known. */
export const fieldsOf = (object: JsonObject, pointer: string, known: readonly string[]): readonly Issue[] =>
  Object.keys(object)
    .filter((field) => !known.includes(field))
    .map((field) =>
      issue(
        pointerTo(pointer, field),
        known.length === 0
          ? 'is not known: this type takes no validation'
          : `is not known; known are ${known.join(', ')}`,
      ),
    )

/** A whole number from 0, where the field is given. */
export const natural = (value: Json | undefined, pointer: string): readonly Issue[] =>
  value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    ? []
    : [issue(pointer, 'must be a whole number from 0')]

/** A number, where the field is given. */
export const numeric = (value: Json | undefined, pointer: string): readonly Issue[] =>
  value === undefined || typeof value === 'number' ? [] : [issue(pointer, 'must be a number')]

/** The lower bound must not lie above the upper. */
export const ordered = (
  low: Json | undefined,
  high: Json | undefined,
  pointer: string,
  name: string,
): readonly Issue[] =>
  typeof low === 'number' && typeof high === 'number' && low > high ? [issue(pointer, `must not be above ${name}`)] : []
