// The definition of one key: type, validation, how layers combine. Owns the checks of definitions and of values
// against them; knows nothing of layers, policies or storage.
import type { Issue } from '../errors/failure.ts'
import { boolean } from './boolean.ts'
import { fieldsOf, issue } from './field.ts'
import { json } from './json.ts'
import { isArray, isObject, type Json, pointerTo } from './json-value.ts'
import { number } from './number.ts'
import { select } from './select.ts'
import { string } from './string.ts'
import type { Meter } from './meter.ts'
import type { Validation, ValueKind } from './validation.ts'
import { checkLimits, type Violation, violation } from './violation.ts'

export type ValueType = 'string' | 'number' | 'boolean' | 'select' | 'json'
export type Combine = 'replace' | 'merge' | 'append'

export interface Definition {
  readonly type: ValueType
  /** Only the fields that belong to the type. */
  readonly validation?: Validation
  /** `merge` and `append` only on type json; absent is `replace`. */
  readonly combine?: Combine
}

const kinds: Readonly<Record<ValueType, ValueKind>> = { string, number, boolean, select, json }

export const valueTypes = Object.keys(kinds) as readonly ValueType[]
export const combines: readonly Combine[] = ['replace', 'merge', 'append']

const isType = (type: Json | undefined): type is ValueType => typeof type === 'string' && Object.hasOwn(kinds, type)

/** Everything that makes a definition unusable. `definition` holds nothing but type, validation and combine. */
export const checkDefinition = (definition: Json, pointer: string, meter?: Meter): readonly Issue[] => {
  if (!isObject(definition)) return [issue(pointer, 'must be an object with type, validation and combine')]
  const strange = fieldsOf(definition, pointer, ['type', 'validation', 'combine'])
  const { type, validation, combine } = definition
  if (!isType(type)) return [...strange, issue(pointerTo(pointer, 'type'), `must be one of ${valueTypes.join(', ')}`)]
  return [
    ...strange,
    ...checkValidation(type, validation, pointerTo(pointer, 'validation'), meter),
    ...checkCombine(type, combine, pointerTo(pointer, 'combine')),
  ]
}

const checkValidation = (
  type: ValueType,
  validation: Json | undefined,
  pointer: string,
  meter: Meter | undefined,
): readonly Issue[] => {
  if (validation === undefined) return type === 'select' ? [issue(pointer, 'must give the options of a select')] : []
  if (!isObject(validation)) return [issue(pointer, 'must be an object')]
  const limits = checkLimits(validation, meter).map((found) => issue(pointer + found.pointer, found.rule))
  if (limits.length > 0) return limits
  return [
    ...fieldsOf(validation, pointer, kinds[type].fields),
    ...kinds[type].checkValidation(validation, pointer, meter),
  ]
}

const checkCombine = (type: ValueType, combine: Json | undefined, pointer: string): readonly Issue[] => {
  if (combine === undefined || combine === 'replace') return []
  if (combine !== 'merge' && combine !== 'append') return [issue(pointer, `must be one of ${combines.join(', ')}`)]
  return type === 'json' ? [] : [issue(pointer, `must be replace: only type json can ${combine}`)]
}

/** Steps for each twenty bytes of a value that layers were combined to: a list's elements are all compared, an object's members sorted in. */
const combiningCosts: Readonly<Record<Combine, number>> = { replace: 1, merge: 12, append: 6 }

/** Which rules a value breaks; empty means that it fits. The definition must have passed `checkDefinition`. */
export const checkValue = (definition: Definition, value: Json, meter?: Meter): readonly Violation[] => {
  const limits = checkLimits(value, meter, combiningCosts[definition.combine ?? 'replace'])
  if (limits.length > 0) return limits
  if (value === null && definition.type !== 'json') return violation(`must not be null, which only type json takes`)
  return kinds[definition.type].checkValue(definition.validation ?? {}, value, meter)
}

/** The definition that a value without one gets on import. */
export const inferType = (value: Json): Definition => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { type: typeof value as 'string' | 'number' | 'boolean' }
  }
  return { type: 'json' }
}

/** Whether a value can be combined at all: arrays append, objects merge. */
export const isCombinable = (combine: Combine, value: Json): boolean =>
  combine === 'replace' || (combine === 'append' ? isArray(value) : isObject(value))
