// Values of type string: pattern, lengths in code points, format.
import type { Issue } from '../errors/failure.ts'
import { issue, natural, ordered } from './field.ts'
import { checkFormat, formats } from './format.ts'
import { type Json, pointerTo } from './json-value.ts'
import { charge, type Meter } from './meter.ts'
import { checkPattern, parsePattern } from './pattern.ts'
import type { ValueKind } from './validation.ts'
import { violation } from './violation.ts'

/** Length in code points. */
export const codePoints = (text: string): number => {
  let pairs = 0
  for (let index = 1; index < text.length; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800) pairs += 1
  }
  return text.length - pairs
}

const patternIssues = (source: Json | undefined, pointer: string, meter: Meter | undefined): readonly Issue[] => {
  if (source === undefined) return []
  if (typeof source !== 'string') return [issue(pointer, 'must be a string')]
  const parsed = parsePattern(source, (steps) => charge(meter, steps))
  return parsed.ok ? [] : [issue(pointer, parsed.rule, 'pattern_refused')]
}

const formatIssues = (format: Json | undefined, pointer: string): readonly Issue[] =>
  format === undefined || (typeof format === 'string' && formats.includes(format))
    ? []
    : [issue(pointer, `must be one of ${formats.join(', ')}`)]

export const string: ValueKind = {
  fields: ['pattern', 'minLength', 'maxLength', 'format'],
  checkValidation: ({ pattern, minLength, maxLength, format }, pointer, meter) => [
    ...patternIssues(pattern, pointerTo(pointer, 'pattern'), meter),
    ...natural(minLength, pointerTo(pointer, 'minLength')),
    ...natural(maxLength, pointerTo(pointer, 'maxLength')),
    ...ordered(minLength, maxLength, pointerTo(pointer, 'minLength'), 'maxLength'),
    ...formatIssues(format, pointerTo(pointer, 'format')),
  ],
  checkValue: ({ pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY, format }, value, meter) => {
    if (typeof value !== 'string') return violation('must be a string')
    const length = codePoints(value)
    if (length < minLength) return violation(`must have at least ${minLength} characters`)
    if (length > maxLength) return violation(`must have at most ${maxLength} characters`)
    const broken =
      (pattern === undefined ? undefined : checkPattern(pattern, value, (steps) => charge(meter, steps))) ??
      (format === undefined ? undefined : checkFormat(format, value))
    return broken === undefined ? [] : violation(broken)
  },
}
