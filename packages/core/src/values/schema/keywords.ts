// The keywords of JSON Schema 2020-12 that are spoken here, and the shape of each one's argument.
// Knows nothing of values.

export type Shape =
  | 'schema'
  | 'schemas'
  | 'schemaMap'
  | 'patternMap'
  | 'stringsMap'
  | 'natural'
  | 'number'
  | 'step'
  | 'boolean'
  | 'strings'
  | 'list'
  | 'type'
  | 'pattern'
  | 'format'
  | 'reference'
  | 'dialect'
  | 'text'
  | 'any'

export interface Keyword {
  readonly shape: Shape
  /** Whether its schemas look at the same value, not at a part of it: what a reference must not come back through. */
  readonly inPlace?: true
}

const inPlace = true as const

export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['$schema', { shape: 'dialect' }],
  ['$id', { shape: 'text' }],
  ['$comment', { shape: 'text' }],
  ['$defs', { shape: 'schemaMap' }],
  ['$ref', { shape: 'reference', inPlace }],
  ['title', { shape: 'text' }],
  ['description', { shape: 'text' }],
  ['default', { shape: 'any' }],
  ['examples', { shape: 'list' }],
  ['deprecated', { shape: 'boolean' }],
  ['readOnly', { shape: 'boolean' }],
  ['writeOnly', { shape: 'boolean' }],
  ['contentEncoding', { shape: 'text' }],
  ['contentMediaType', { shape: 'text' }],
  ['type', { shape: 'type' }],
  ['enum', { shape: 'list' }],
  ['const', { shape: 'any' }],
  ['multipleOf', { shape: 'step' }],
  ['minimum', { shape: 'number' }],
  ['maximum', { shape: 'number' }],
  ['exclusiveMinimum', { shape: 'number' }],
  ['exclusiveMaximum', { shape: 'number' }],
  ['minLength', { shape: 'natural' }],
  ['maxLength', { shape: 'natural' }],
  ['pattern', { shape: 'pattern' }],
  ['format', { shape: 'format' }],
  ['minItems', { shape: 'natural' }],
  ['maxItems', { shape: 'natural' }],
  ['uniqueItems', { shape: 'boolean' }],
  ['prefixItems', { shape: 'schemas' }],
  ['items', { shape: 'schema' }],
  ['contains', { shape: 'schema' }],
  ['minContains', { shape: 'natural' }],
  ['maxContains', { shape: 'natural' }],
  ['minProperties', { shape: 'natural' }],
  ['maxProperties', { shape: 'natural' }],
  ['required', { shape: 'strings' }],
  ['dependentRequired', { shape: 'stringsMap' }],
  ['properties', { shape: 'schemaMap' }],
  ['patternProperties', { shape: 'patternMap' }],
  ['additionalProperties', { shape: 'schema' }],
  ['propertyNames', { shape: 'schema' }],
  ['allOf', { shape: 'schemas', inPlace }],
  ['anyOf', { shape: 'schemas', inPlace }],
  ['oneOf', { shape: 'schemas', inPlace }],
  ['not', { shape: 'schema', inPlace }],
  ['if', { shape: 'schema', inPlace }],
  ['then', { shape: 'schema', inPlace }],
  ['else', { shape: 'schema', inPlace }],
  ['dependentSchemas', { shape: 'schemaMap', inPlace }],
  ['unevaluatedItems', { shape: 'schema' }],
  ['unevaluatedProperties', { shape: 'schema' }],
])

/** What to write instead of keywords that are known elsewhere. */
export const hints: ReadonlyMap<string, string> = new Map([
  ['definitions', 'write $defs'],
  ['dependencies', 'write dependentRequired or dependentSchemas'],
  ['additionalItems', 'write prefixItems and items'],
  ['id', 'write $id'],
  ['$anchor', 'refer by path, as in #/$defs/name'],
  ['$dynamicRef', 'refer by path, as in #/$defs/name'],
  ['$dynamicAnchor', 'refer by path, as in #/$defs/name'],
  ['$recursiveRef', 'refer by path, as in #'],
  ['$vocabulary', 'the vocabulary is fixed'],
  ['nullable', 'add "null" to type'],
])
