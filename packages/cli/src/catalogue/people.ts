// Names people and keys in what the API answers: beside `actor`, `createdBy` and the like stands who that is, as `actorName`.
// Owns which fields hold an actor; how one is looked up is history/actors.ts's. What configuration holds is never looked at.
import { actorNames, type ActorSide, type NameOf } from '../history/actors.ts'
import type { Deps } from '../verb.ts'

type Row = { readonly [name: string]: unknown }

const actorFields = ['actor', 'createdBy', 'updatedBy', 'changedBy', 'author'] as const
/** What may hold more of them; nothing else is searched, so that no value is taken for an actor. */
const holders = ['items', 'winner', 'inert'] as const

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

const actorsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(actorsIn)
  if (!isRow(value)) return []
  const own = actorFields.map((field) => value[field]).filter((actor) => typeof actor === 'string')
  return [...own, ...holders.flatMap((field) => actorsIn(value[field]))]
}

const named = (value: unknown, nameOf: NameOf): unknown => {
  if (Array.isArray(value)) return value.map((each) => named(each, nameOf))
  if (!isRow(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, held]): readonly (readonly [string, unknown])[] => {
      if ((holders as readonly string[]).includes(field)) return [[field, named(held, nameOf)]]
      const name =
        (actorFields as readonly string[]).includes(field) && typeof held === 'string' ? nameOf(held) : undefined
      return name === undefined
        ? [[field, held]]
        : [
            [field, held],
            [`${field}Name`, name],
          ]
    }),
  )
}

/** The same answer, with a name beside each actor that can be named. */
export const withPeople = async <T>(answer: T, side: ActorSide, deps: Pick<Deps, 'client'>): Promise<T> => {
  const actors = actorsIn(answer)
  return actors.length === 0 ? answer : (named(answer, await actorNames(actors, deps, side)) as T)
}

/** For people, the name stands where the id was. */
export const nameFirst = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([field, held]) => {
      const actor = actorFields.find((each) => field === `${each}Name`)
      return actor === undefined ? [[field, row[`${field}Name`] ?? held]] : []
    }),
  )
