// Who is behind the ids that stand in histories and explanations: e-mails of members, names of keys, where the caller may see them.
// Best effort: ids stay ids where they may not be looked up, or where nobody is left to name. Asks for nothing that would be refused.
import { pagesOf } from '../catalogue/pages.ts'
import { pathOf } from '../http/client.ts'
import type { Me } from '../session/me.ts'
import type { Deps } from '../verb.ts'

/** The name of an actor; undefined where it cannot be known. */
export type NameOf = (actor: string | undefined) => string | undefined

/** Whose log they acted in. */
export type ActorSide = 'tenant' | 'platform'

interface Kind {
  readonly prefix: string
  readonly path: string
  readonly field: string
  readonly permission: string
}

const kinds: readonly Kind[] = [
  { prefix: 'user:', path: 'members', field: 'email', permission: 'member:write' },
  { prefix: 'key:', path: 'api-keys', field: 'name', permission: 'key:write' },
]

type Named = readonly (readonly [actor: string, name: string])[]

const pageSize = 1000
/** Where there are more than a page of them, each that is missed is asked for alone: so many at most. */
const mostAlone = 50

const namedBy =
  ({ prefix, field }: Kind) =>
  (item: unknown): Named => {
    const { id, [field]: name } = item as { readonly [name: string]: unknown }
    return typeof id === 'string' && typeof name === 'string' ? [[`${prefix}${id}`, name]] : []
  }

const listed = async (
  kind: Kind,
  wanted: readonly string[],
  path: string,
  { client }: Pick<Deps, 'client'>,
): Promise<Named> => {
  try {
    const { items, next } = await pagesOf(client, { path }, pageSize)
    const found = items.flatMap(namedBy(kind))
    if (next === null) return found
    const known = new Set(found.map(([actor]) => actor))
    const missed = wanted.filter((actor) => !known.has(actor)).slice(0, mostAlone)
    const alone = await Promise.all(
      missed.map((actor) =>
        client.ask({ path: `${path}${pathOf`/${actor.slice(kind.prefix.length)}`}` }).then(
          ({ body }) => namedBy(kind)(body),
          (): Named => [],
        ),
      ),
    )
    return [...found, ...alone.flat()]
  } catch {
    return []
  }
}

const askedMe = async ({ client }: Pick<Deps, 'client'>): Promise<Me | undefined> => {
  try {
    return (await client.ask({ path: '/auth/me' })).body as Me
  } catch {
    return undefined
  }
}

const permissionsOf = ({ grants, platformPermissions }: Me, side: ActorSide): readonly string[] =>
  side === 'platform' ? platformPermissions : grants.flatMap(({ permissions }) => permissions)

/** Asks for nothing where no such actor is among them, and not for others where the only one is the caller. */
export const actorNames = async (
  actors: readonly (string | undefined)[],
  deps: Pick<Deps, 'client'>,
  side: ActorSide = 'tenant',
): Promise<NameOf> => {
  const wanted = [...new Set(actors)].filter((actor) => actor !== undefined)
  const ofKind = ({ prefix }: Kind): readonly string[] => wanted.filter((actor) => actor.startsWith(prefix))
  if (!kinds.some((kind) => ofKind(kind).length > 0)) return () => undefined
  const me = await askedMe(deps)
  if (me === undefined) return () => undefined
  const own = me.email ?? me.name
  const names = new Map<string, string>(own === null ? [] : [[me.actor, own]])
  const may = permissionsOf(me, side)
  const found = await Promise.all(
    kinds.map(async (kind): Promise<Named> => {
      const others = ofKind(kind).filter((actor) => !names.has(actor))
      if (others.length === 0 || !may.includes(kind.permission)) return []
      return listed(kind, others, `${side === 'platform' ? '/platform' : ''}/${kind.path}`, deps)
    }),
  )
  for (const [actor, name] of found.flat()) names.set(actor, name)
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
