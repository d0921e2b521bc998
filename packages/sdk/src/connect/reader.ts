// Reading values by name. Owns the getters' rules: never throws, never waits, gives the default where there is no fitting value.
import { conversions, type Getter } from '../values/convert.ts'
import type { Json } from '../values/json.ts'

export interface Getters {
  /** The value as it is; undefined where there is none. What is an object is frozen. */
  readonly get: (name: string) => Json | undefined
  /** Text; a number or boolean as JSON writes it. */
  readonly string: { (name: string): string | undefined; <Default>(name: string, otherwise: Default): string | Default }
  /** A number, also one that is written as text. */
  readonly number: { (name: string): number | undefined; <Default>(name: string, otherwise: Default): number | Default }
  /** A boolean, also one that is written as text. */
  readonly boolean: {
    (name: string): boolean | undefined
    <Default>(name: string, otherwise: Default): boolean | Default
  }
  /** Any value, null among them. The type is what you say it is: nothing checks it. */
  readonly json: { <Type = Json>(name: string): Type | undefined; <Type = Json>(name: string, otherwise: Type): Type }
}

export const openGetters = (
  values: ReadonlyMap<string, Json>,
  nameOf: (asked: string) => string,
  mismatch: (name: string, getter: Getter) => void,
): Getters => {
  const other = (asked: string): Json | undefined => {
    const name = nameOf(asked)
    return name === asked ? undefined : values.get(name)
  }
  const get = (name: string): Json | undefined => {
    const value = values.get(name)
    return value === undefined ? other(name) : value
  }
  const told = new Set<string>()
  const converting =
    (getter: Getter) =>
    (name: string, otherwise?: unknown): unknown => {
      const value = get(name)
      if (value === undefined) return otherwise
      const converted = conversions[getter](value)
      if (converted !== undefined) return converted
      if (!told.has(`${getter} ${name}`)) {
        told.add(`${getter} ${name}`)
        mismatch(name, getter)
      }
      return otherwise
    }
  return {
    get,
    string: converting('string') as Getters['string'],
    number: converting('number') as Getters['number'],
    boolean: converting('boolean') as Getters['boolean'],
    json: converting('json') as Getters['json'],
  }
}
