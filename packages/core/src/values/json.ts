// Values of type json, which a JSON Schema may bind. The schema language itself lives in schema/.
import { issue } from './field.ts'
import { pointerTo } from './json-value.ts'
import { checkSchema } from './schema/check.ts'
import { matchSchema } from './schema/match.ts'
import type { ValueKind } from './validation.ts'

export const json: ValueKind = {
  fields: ['schema'],
  checkValidation: ({ schema }, pointer, meter) =>
    schema === undefined
      ? []
      : checkSchema(schema, meter).map((found) =>
          issue(pointerTo(pointer, 'schema') + found.pointer, found.rule, 'schema_refused'),
        ),
  checkValue: ({ schema }, value, meter) => (schema === undefined ? [] : matchSchema(schema, value, meter)),
}
