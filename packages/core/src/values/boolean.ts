// Values of type boolean. They have no validation.
import type { ValueKind } from './validation.ts'
import { violation } from './violation.ts'

export const boolean: ValueKind = {
  fields: [],
  checkValidation: () => [],
  checkValue: (_, value) => (typeof value === 'boolean' ? [] : violation('must be true or false')),
}
