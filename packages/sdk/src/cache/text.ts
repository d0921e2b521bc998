// The text form of values that are kept or given at the start: what a cache holds behind its checksum, and what `GET /api/v1/values` answers.
import { isObject, type Json } from '../values/json.ts'
import type { Origin } from '../values/memory.ts'
import { formatPoint, parsePoint } from '../values/point.ts'
import { type Named, readValues, type Scope, scopeText, shapeValues } from '../values/scope.ts'
import { checkedText, withChecksum } from './checksum.ts'

export interface Kept {
  readonly values: Named
  readonly origin: Origin
}

export const keptText = (scope: Scope, values: ReadonlyMap<string, Json>, { log, point }: Origin): string =>
  withChecksum(
    JSON.stringify({
      format: 1,
      scope: scopeText(scope),
      ...(log === undefined ? {} : { log }),
      ...(point === undefined ? {} : { point: formatPoint(point) }),
      values: shapeValues(scope, values),
    }),
  )

/** Values given as an object; undefined where it is not shaped so. A cache's text also names its scope, which must be this one. */
export const readKept = (scope: Scope, given: unknown): Kept | undefined => {
  if (!isObject(given)) return undefined
  if (given['scope'] !== undefined && given['scope'] !== scopeText(scope)) return undefined
  const values = readValues(scope, given['values'])
  if (values === undefined) return undefined
  const { log, point } = given
  const at = typeof point === 'string' ? parsePoint(point) : undefined
  const known = typeof log === 'string' && at !== undefined
  return { values, origin: { log: known ? log : undefined, point: known ? at : undefined } }
}

/** The text of a bootstrap, which somebody wrote or a server answered. */
export const parseGiven = (scope: Scope, text: string): Kept | undefined => {
  try {
    return readKept(scope, JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The text of a cache; undefined too where a single character of it is not as it was written. */
export const parseKept = (scope: Scope, text: string): Kept | undefined => {
  const checked = checkedText(text)
  return checked === undefined ? undefined : parseGiven(scope, checked)
}
