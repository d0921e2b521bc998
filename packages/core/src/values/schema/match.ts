// Whether a value fits a JSON Schema 2020-12, by walking both: nothing is compiled or generated, every step is counted,
// and a schema that would take too many is told so. The schema must have passed `checkSchema`.
import { isArray, isObject, type Json, type JsonObject, pointerTo } from '../json-value.ts'
import { charge, type Meter } from '../meter.ts'
import type { Violation } from '../violation.ts'
import { assertions } from './assert.ts'
import { follow } from './reference.ts'
import { exhausted, type Place, type Run, spend, tell, testPattern, textOf } from './run.ts'

/** Which parts of a value its schemas have looked at, for the unevaluated keywords. */
interface Seen {
  readonly keys: Set<string>
  readonly indexes: Set<number>
}

interface Here {
  readonly run: Run
  readonly schema: JsonObject
  readonly value: Json
  readonly place: Place
  readonly seen: Seen
}

type Apply = (argument: Json, here: Here) => boolean

const nothing = (): Seen => ({ keys: new Set(), indexes: new Set() })

/** Fits the value itself; what it saw counts for this schema too, if it fits. */
const inPlace = (schema: Json, here: Here): boolean => {
  const seen = nothing()
  if (!fits(here.run, schema, here.value, here.place, seen)) return false
  if (here.run.tracking) {
    spend(here.run, seen.keys.size + seen.indexes.size)
    for (const key of seen.keys) here.seen.keys.add(key)
    for (const index of seen.indexes) here.seen.indexes.add(index)
  }
  return true
}

/** The same, where not fitting is no complaint of its own. */
const quietly = <T>(here: Here, judge: () => T): T => {
  here.run.quiet += 1
  const answer = judge()
  here.run.quiet -= 1
  return answer
}

const part = (schema: Json, token: string | number, value: Json, here: Here): boolean => {
  if (here.run.tracking) {
    if (typeof token === 'number') here.seen.indexes.add(token)
    else here.seen.keys.add(token)
  }
  return fits(here.run, schema, value, { parent: here.place, token }, nothing())
}

/** All must hold; once one does not, the rest is only looked at to report more of what is wrong. */
const every = <T>(here: Here, items: Iterable<T>, judge: (item: T) => boolean): boolean => {
  let holds = true
  for (const item of items) {
    if (!judge(item)) holds = false
    if (!holds && (here.run.quiet > 0 || exhausted(here.run))) return false
  }
  return holds
}

const list = (argument: Json | undefined): readonly Json[] => (isArray(argument) ? argument : [])
const map = (argument: Json | undefined): JsonObject => (isObject(argument) ? argument : {})
const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined
const keysOf = (here: Here): readonly string[] => {
  const keys = isObject(here.value) ? Object.keys(here.value) : []
  spend(here.run, keys.length)
  return keys
}
const childOf = (here: Here, key: string): Json => own(map(here.value), key) ?? null
const items = (here: Here): readonly Json[] => list(here.value)

const count = (schemas: Json, here: Here): number =>
  quietly(here, () => list(schemas).filter((schema) => inPlace(schema, here)).length)

const contains: Apply = (argument, here) => {
  if (!isArray(here.value)) return true
  const least = own(here.schema, 'minContains') ?? 1
  const most = own(here.schema, 'maxContains') ?? Number.POSITIVE_INFINITY
  const matching = quietly(here, () =>
    items(here).flatMap((item, index) => (fits(here.run, argument, item, here.place, nothing()) ? [index] : [])),
  )
  if (here.run.tracking) for (const index of matching) here.seen.indexes.add(index)
  return (
    (matching.length >= Number(least) && matching.length <= Number(most)) ||
    tell(here, 'must contain the right number of matching items')
  )
}

const additional: Apply = (argument, here) => {
  const named = map(own(here.schema, 'properties'))
  const patterns = Object.keys(map(own(here.schema, 'patternProperties')))
  const rest = keysOf(here).filter(
    (key) => !Object.hasOwn(named, key) && !patterns.some((pattern) => testPattern(here.run, pattern, key)),
  )
  return every(here, rest, (key) => part(argument, key, childOf(here, key), here))
}

const applicators: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['$ref', (argument, here) => inPlace(follow(here.run.root, textOf(argument)) ?? false, here)],
  ['allOf', (argument, here) => every(here, list(argument), (schema) => inPlace(schema, here))],
  [
    'anyOf',
    (argument, here) => count(argument, here) > 0 || tell(here, 'must fit at least one of the schemas under anyOf'),
  ],
  [
    'oneOf',
    (argument, here) => count(argument, here) === 1 || tell(here, 'must fit exactly one of the schemas under oneOf'),
  ],
  [
    'not',
    (argument, here) =>
      !quietly(here, () => fits(here.run, argument, here.value, here.place, nothing())) ||
      tell(here, 'must not fit the schema under not'),
  ],
  [
    'if',
    (argument, here) => {
      const chosen = own(here.schema, quietly(here, () => inPlace(argument, here)) ? 'then' : 'else')
      return chosen === undefined || inPlace(chosen, here)
    },
  ],
  [
    'dependentSchemas',
    (argument, here) => {
      const value = here.value
      return (
        !isObject(value) ||
        every(
          here,
          Object.entries(map(argument)),
          ([key, schema]) => !Object.hasOwn(value, key) || inPlace(schema, here),
        )
      )
    },
  ],
  [
    'prefixItems',
    (argument, here) =>
      every(here, list(argument).slice(0, items(here).length).entries(), ([index, schema]) =>
        part(schema, index, items(here)[index] ?? null, here),
      ),
  ],
  [
    'items',
    (argument, here) => {
      const from = list(own(here.schema, 'prefixItems')).length
      return every(here, items(here).entries(), ([index, item]) => index < from || part(argument, index, item, here))
    },
  ],
  ['contains', contains],
  [
    'properties',
    (argument, here) => {
      const value = here.value
      return (
        !isObject(value) ||
        every(
          here,
          Object.entries(map(argument)),
          ([key, schema]) =>
            !spend(here.run, 1) || !Object.hasOwn(value, key) || part(schema, key, childOf(here, key), here),
        )
      )
    },
  ],
  [
    'patternProperties',
    (argument, here) =>
      every(here, Object.entries(map(argument)), ([pattern, schema]) =>
        every(
          here,
          keysOf(here),
          (key) => !testPattern(here.run, pattern, key) || part(schema, key, childOf(here, key), here),
        ),
      ),
  ],
  ['additionalProperties', additional],
  [
    'propertyNames',
    (argument, here) =>
      every(
        here,
        keysOf(here),
        (key) =>
          quietly(here, () => fits(here.run, argument, key, here.place, nothing())) ||
          tell(here, 'must have keys that fit the schema under propertyNames'),
      ),
  ],
])

/** Looked at last: they ask what all the others have seen. */
const afterwards: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  [
    'unevaluatedItems',
    (argument, here) =>
      every(
        here,
        items(here).entries(),
        ([index, item]) => here.seen.indexes.has(index) || part(argument, index, item, here),
      ),
  ],
  [
    'unevaluatedProperties',
    (argument, here) =>
      every(here, keysOf(here), (key) => here.seen.keys.has(key) || part(argument, key, childOf(here, key), here)),
  ],
])

const deepestWalk = 500

const fits = (run: Run, schema: Json, value: Json, place: Place, seen: Seen): boolean => {
  if (!spend(run, 1)) return false
  const here: Here = { run, schema: isObject(schema) ? schema : {}, value, place, seen }
  if (!isObject(schema)) return schema === true || tell(here, 'must not be there')
  run.depth += 1
  if (run.depth > deepestWalk) run.steps = -1
  const judge =
    (table: ReadonlyMap<string, Apply>) =>
    (keyword: string): boolean => {
      if (!spend(run, 1)) return false
      const argument = schema[keyword] ?? null
      return (assertions.get(keyword)?.(argument, here) ?? true) && (table.get(keyword)?.(argument, here) ?? true)
    }
  const late = Object.keys(schema).filter((keyword) => afterwards.has(keyword))
  const holds = every(here, Object.keys(schema), judge(applicators)) && every(here, late, judge(afterwards))
  run.depth -= 1
  return holds
}

const mostSteps = 2_000_000
const mostMatching = 20_000_000

const pointerOf = (place: Place | undefined): string =>
  place?.parent === undefined ? '' : pointerTo(pointerOf(place.parent), place.token)

/** Where and how a value breaks a schema; at most ten complaints. What it cost is added to the meter. */
export const matchSchema = (schema: Json, value: Json, meter?: Meter): readonly Violation[] => {
  const tracking = JSON.stringify(schema).includes('"unevaluated')
  const run: Run = {
    root: schema,
    tracking,
    steps: mostSteps,
    matching: mostMatching,
    depth: 0,
    quiet: 0,
    complaints: [],
  }
  const holds = fits(run, schema, value, { parent: undefined, token: '' }, nothing())
  charge(meter, mostSteps - run.steps + (mostMatching - run.matching) / 10)
  if (exhausted(run))
    return [{ pointer: '', rule: 'must be checkable in bounded work: simplify the schema or shorten the value' }]
  if (holds) return []
  return run.complaints.map(({ place, rule }) => ({ pointer: pointerOf(place), rule }))
}
