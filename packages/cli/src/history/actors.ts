// Who is behind the ids that stand in histories and explanations: e-mails of members, names of keys, where the caller may see them.
// Best effort: ids stay ids where they may not be looked up, or where nobody is left to name.
import { pagesOf } from '../catalogue/pages.ts'
import type { Deps } from '../verb.ts'

/** The name of an actor; undefined where it cannot be known. */
export type NameOf = (actor: string | undefined) => string | undefined

const kinds: readonly (readonly [prefix: string, path: string, field: string])[] = [
  ['user:', '/members', 'email'],
  ['key:', '/api-keys', 'name'],
]

const listed = async (
  [prefix, path, field]: (typeof kinds)[number],
  { client }: Pick<Deps, 'client'>,
): Promise<readonly (readonly [string, string])[]> => {
  try {
    const { items } = await pagesOf(client, { path }, 0)
    return (items as readonly { readonly [name: string]: unknown }[]).flatMap(({ id, [field]: name }) =>
      typeof id === 'string' && typeof name === 'string' ? [[`${prefix}${id}`, name] as const] : [],
    )
  } catch {
    return []
  }
}

/** Asks for nothing where no such actor is among them. */
export const actorNames = async (
  actors: readonly (string | undefined)[],
  deps: Pick<Deps, 'client'>,
): Promise<NameOf> => {
  const needed = kinds.filter(([prefix]) => actors.some((actor) => actor?.startsWith(prefix)))
  const names = new Map((await Promise.all(needed.map((kind) => listed(kind, deps)))).flat())
  return (actor) => (actor === undefined ? undefined : names.get(actor))
}

/** The same objects with the name of the actor in `from` as `to`, where it is known. */
export const withNames = <T extends object>(
  items: readonly T[],
  from: keyof T,
  to: string,
  nameOf: NameOf,
): readonly T[] =>
  items.map((item) => {
    const name = nameOf(item[from] as string | undefined)
    return name === undefined ? item : { ...item, [to]: name }
  })
