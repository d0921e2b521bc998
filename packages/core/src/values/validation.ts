// The shape of validation rules, and what each type of value brings along. Types only.
import type { Issue } from '../errors/failure.ts'
import type { Json, JsonObject } from './json-value.ts'
import type { Meter } from './meter.ts'
import type { Violation } from './violation.ts'

/** The rules of all types; each type takes only its own. */
export interface Validation {
  /** string: found anywhere in the text, in linear time */
  readonly pattern?: string
  /** string: in code points */
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  /** number */
  readonly integer?: boolean
  readonly min?: number
  readonly max?: number
  readonly multipleOf?: number
  /** select */
  readonly options?: readonly (string | number)[]
  /** json: JSON Schema 2020-12 */
  readonly schema?: Json
}

/** One type of value: its fields of validation, and the two checks. */
export interface ValueKind {
  readonly fields: readonly (keyof Validation)[]
  readonly checkValidation: (validation: JsonObject, pointer: string, meter?: Meter) => readonly Issue[]
  readonly checkValue: (validation: Validation, value: Json, meter?: Meter) => readonly Violation[]
}
