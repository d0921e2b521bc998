// Which JSON Schemas are accepted. They come from tenants and are hostile until shown otherwise: bounded in size,
// only known keywords with arguments of the right shape, only local references, none that turns in a circle.
import { schemaFormats } from '../format.ts'
import { isArray, isObject, type Json, type JsonObject, pointerTo } from '../json-value.ts'
import { charge, type Meter } from '../meter.ts'
import { parsePattern, type Pay } from '../pattern.ts'
import { checkLimits, jsonBytes, type Violation, violation } from '../violation.ts'
import { hints, keywords, type Shape } from './keywords.ts'
import { parseReference } from './reference.ts'

export const largestSchemaBytes = 65_536
export const deepestSchema = 32
export const mostSubschemas = 1000
const mostComplaints = 10

const types = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']
const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** What a walk over a schema gathers: its complaints, the place of each subschema, and who looks at the same value. */
interface Walk {
  readonly pay: Pay
  readonly found: Violation[]
  readonly places: Set<string>
  readonly sameValue: Map<string, string[]>
  readonly references: { readonly at: string; readonly from: string; readonly target: string }[]
}

const isNatural = (value: Json): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isStrings = (value: Json): boolean =>
  isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length
const isText = (value: Json): value is string => typeof value === 'string'

/** The rule that a keyword's argument breaks; schemas inside it are walked on their own. */
const argumentRule: Readonly<Record<Shape, (argument: Json, pay: Pay) => string | undefined>> = {
  schema: (argument) =>
    isObject(argument) || typeof argument === 'boolean'
      ? undefined
      : isArray(argument)
        ? 'must be a schema; for a list of them write prefixItems'
        : 'must be a schema: an object, true or false',
  schemas: (argument) =>
    isArray(argument) && argument.length > 0 ? undefined : 'must be a list of at least one schema',
  schemaMap: (argument) => (isObject(argument) ? undefined : 'must be an object of schemas'),
  patternMap: (argument) => (isObject(argument) ? undefined : 'must be an object of schemas'),
  stringsMap: (argument) =>
    isObject(argument) && Object.values(argument).every(isStrings)
      ? undefined
      : 'must be an object of lists of different strings',
  natural: (argument) => (isNatural(argument) ? undefined : 'must be a whole number from 0'),
  number: (argument) => (typeof argument === 'number' ? undefined : 'must be a number'),
  step: (argument) => (typeof argument === 'number' && argument > 0 ? undefined : 'must be a number above 0'),
  boolean: (argument) => (typeof argument === 'boolean' ? undefined : 'must be true or false'),
  strings: (argument) => (isStrings(argument) ? undefined : 'must be a list of different strings'),
  list: (argument) => (isArray(argument) ? undefined : 'must be a list'),
  type: (argument) => {
    const named = isArray(argument) ? argument : [argument]
    return named.length > 0 &&
      named.every((name) => isText(name) && types.includes(name)) &&
      new Set(named).size === named.length
      ? undefined
      : `must be one of ${types.join(', ')}, or a list of different ones`
  },
  pattern: (argument, pay) => {
    if (!isText(argument)) return 'must be a string'
    const parsed = parsePattern(argument, pay)
    return parsed.ok ? undefined : parsed.rule
  },
  format: (argument) =>
    isText(argument) && schemaFormats.includes(argument) ? undefined : `must be one of ${schemaFormats.join(', ')}`,
  reference: (argument) =>
    isText(argument) && parseReference(argument) !== undefined
      ? undefined
      : 'must stay within the schema: # or #/$defs/name; other documents are never fetched',
  dialect: (argument) =>
    isText(argument) && argument.replace(/#$/, '') === dialect ? undefined : `must be ${dialect}`,
  text: (argument) => (isText(argument) ? undefined : 'must be a string'),
  any: () => undefined,
}

const children = (shape: Shape, argument: Json): readonly (readonly [token: string, schema: Json])[] =>
  shape === 'schemas' || shape === 'schemaMap' || shape === 'patternMap' ? Object.entries(argument ?? {}) : []

const walkKeyword = (walk: Walk, schema: JsonObject, name: string, pointer: string, depth: number): void => {
  const at = pointerTo(pointer, name)
  const keyword = keywords.get(name)
  if (keyword === undefined || (name === '$id' && pointer !== '')) {
    const hint = hints.get(name)
    walk.found.push({
      pointer: at,
      rule:
        name === '$id'
          ? 'must stand at the root only'
          : `is not a keyword of JSON Schema 2020-12 that is spoken here${hint === undefined ? '' : `; ${hint}`}`,
    })
    return
  }
  const argument = schema[name] ?? null
  const rule = argumentRule[keyword.shape](argument, walk.pay)
  if (rule !== undefined) {
    walk.found.push({ pointer: at, rule })
    return
  }
  const down = (child: string, inner: Json): void => {
    if (keyword.inPlace) walk.sameValue.get(pointer)?.push(child)
    walkSchema(walk, inner, child, depth + 1)
  }
  if (keyword.shape === 'reference') {
    const target = (parseReference(typeof argument === 'string' ? argument : '') ?? []).reduce<string>(pointerTo, '')
    walk.references.push({ at, from: pointer, target })
  }
  if (keyword.shape === 'schema') down(at, argument)
  for (const [token, inner] of children(keyword.shape, argument)) {
    const parsed = keyword.shape === 'patternMap' ? parsePattern(token, walk.pay) : undefined
    if (parsed !== undefined && !parsed.ok) walk.found.push({ pointer: pointerTo(at, token), rule: parsed.rule })
    else down(pointerTo(at, token), inner)
  }
}

const walkSchema = (walk: Walk, schema: Json, pointer: string, depth: number): void => {
  const rule = argumentRule.schema(schema, walk.pay)
  if (rule !== undefined) walk.found.push({ pointer, rule })
  walk.places.add(pointer)
  walk.pay(20)
  if (!isObject(schema)) return
  if (depth > deepestSchema) {
    walk.found.push({ pointer, rule: `must not nest schemas deeper than ${deepestSchema} levels` })
    return
  }
  walk.sameValue.set(pointer, [])
  for (const name of Object.keys(schema)) walkKeyword(walk, schema, name, pointer, depth)
}

/** The place of a schema that comes back to itself while looking at one and the same value. */
const circle = (sameValue: Walk['sameValue']): string | undefined => {
  const done = new Set<string>()
  const open = new Set<string>()
  const visit = (place: string): string | undefined => {
    if (open.has(place)) return place
    if (done.has(place)) return undefined
    open.add(place)
    for (const next of sameValue.get(place) ?? []) {
      const found = visit(next)
      if (found !== undefined) return found
    }
    open.delete(place)
    done.add(place)
    return undefined
  }
  for (const place of sameValue.keys()) {
    const found = visit(place)
    if (found !== undefined) return found
  }
  return undefined
}

/** For what a schema is refused, ten complaints at most; empty means that it may be used. */
export const checkSchema = (schema: Json, meter?: Meter): readonly Violation[] => {
  const limits = checkLimits(schema, meter)
  if (limits.length > 0) return limits
  if (jsonBytes(schema) > largestSchemaBytes)
    return violation(`must not be larger than ${largestSchemaBytes / 1024} KiB`)
  const walk: Walk = {
    pay: (steps) => charge(meter, steps),
    found: [],
    places: new Set(),
    sameValue: new Map(),
    references: [],
  }
  walkSchema(walk, schema, '', 1)
  if (walk.places.size > mostSubschemas) return violation(`must not have more than ${mostSubschemas} subschemas`)
  for (const { at, from, target } of walk.references) {
    if (!walk.places.has(target)) walk.found.push({ pointer: at, rule: 'must point at a schema within this schema' })
    walk.sameValue.get(from)?.push(target)
  }
  const turning = walk.found.length > 0 ? undefined : circle(walk.sameValue)
  return turning === undefined
    ? walk.found.slice(0, mostComplaints)
    : violation('must not come back to itself without going deeper into the value', turning)
}
