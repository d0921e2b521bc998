// Values of type number: whole or not, bounds, steps. -0 counts as 0.
import type { Issue } from '../errors/failure.ts'
import { issue, numeric, ordered } from './field.ts'
import { type Json, pointerTo } from './json-value.ts'
import type { ValueKind } from './validation.ts'
import { violation } from './violation.ts'

/** A number as people wrote it: `digits` times ten to the `exponent`. */
const decimal = (value: number): { readonly digits: bigint; readonly exponent: number } => {
  const [mantissa = '0', power = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length }
}

/** Whether a number is a whole multiple of a step, judged on their decimal forms: 0.3 is one of 0.1. */
export const isMultipleOf = (value: number, step: number): boolean => {
  if (!Number.isFinite(value) || !Number.isFinite(step) || step === 0) return false
  const [a, b] = [decimal(value), decimal(step)]
  const lowest = Math.min(a.exponent, b.exponent)
  const scaled = (part: typeof a): bigint => part.digits * 10n ** BigInt(part.exponent - lowest)
  return scaled(a) % scaled(b) === 0n
}

const flag = (value: Json | undefined, pointer: string): readonly Issue[] =>
  value === undefined || typeof value === 'boolean' ? [] : [issue(pointer, 'must be true or false')]

const step = (value: Json | undefined, pointer: string): readonly Issue[] =>
  value === undefined || (typeof value === 'number' && value > 0) ? [] : [issue(pointer, 'must be a number above 0')]

export const number: ValueKind = {
  fields: ['integer', 'min', 'max', 'multipleOf'],
  checkValidation: ({ integer, min, max, multipleOf }, pointer) => [
    ...flag(integer, pointerTo(pointer, 'integer')),
    ...numeric(min, pointerTo(pointer, 'min')),
    ...numeric(max, pointerTo(pointer, 'max')),
    ...ordered(min, max, pointerTo(pointer, 'min'), 'max'),
    ...step(multipleOf, pointerTo(pointer, 'multipleOf')),
  ],
  checkValue: ({ integer = false, min, max, multipleOf }, value) => {
    if (typeof value !== 'number') return violation('must be a number')
    if (integer && !Number.isInteger(value)) return violation('must be a whole number')
    if (min !== undefined && value < min) return violation(`must be at least ${min}`)
    if (max !== undefined && value > max) return violation(`must be at most ${max}`)
    return multipleOf === undefined || isMultipleOf(value, multipleOf)
      ? []
      : violation(`must be a multiple of ${multipleOf}`)
  },
}
