// What a kind of resource says of itself: shape, name, guard, and the rules that are its own. Knows no storage and no HTTP.
import Type, { type Static, type TObject, type TSchema } from 'typebox'
import type { Permission } from '../access/permission.ts'
import type { Failure } from '../errors/failure.ts'
import type { Change, Identity, KindName, Resource } from '../log/commit.ts'
import type { State } from '../state/state.ts'
import type { JsonObject } from '../values/json-value.ts'

/** Configuration is undone, exported and read in the past; governance is not. */
export type Group = 'configuration' | 'governance'
export type Side = 'platform' | 'tenant'

/** The states around a change: what was, what a commit would leave, and the platform's beside a tenant's. */
export interface Surroundings {
  readonly side: Side
  readonly before: State
  readonly after: State
  /** The platform's state; `after` itself where the platform's own log is written. */
  readonly platform: State
}

export interface Kind<Body extends TSchema = TSchema> {
  readonly kind: KindName
  readonly group: Group
  readonly sides: readonly Side[]
  readonly permission: Permission
  /** `slug`, or a rule of the kind's own that answers what is wrong with a name. */
  readonly name: (name: string) => string | undefined
  readonly body: Body
  /** Fields of the identity that this kind needs beyond its name. */
  readonly scope: readonly ('namespace' | 'layer' | 'environment')[]
  /** Addresses in this or the platform's log that the body refers to by value. */
  readonly references: (body: JsonObject, identity: Identity) => readonly string[]
  /** The rules that need other resources, judged on the state that the commit leaves. */
  readonly check: (change: Change, around: Surroundings) => readonly Failure[]
}

const slug = /^[a-z0-9][a-z0-9_-]{0,62}$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (text: string): boolean => uuid.test(text)

/** Names of resources: an immutable slug, never UUID-shaped, so that a path takes a name or an id. */
export const slugRule = (name: string): string | undefined =>
  !slug.test(name)
    ? 'use 1 to 63 of a-z, 0-9, _ and -, beginning with a letter or digit'
    : uuid.test(name)
      ? 'a name may not look like an id'
      : undefined

export const uuidRule = (name: string): string | undefined => (uuid.test(name) ? undefined : 'use an id')

const utf8Length = (text: string): number => {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

/** Config keys: design section 3. */
export const keyRule = (key: string): string | undefined => {
  if (key === '' || key === '.' || key === '..') return 'a key is not empty, "." or ".."'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f/]/.test(key)) return 'a key has no "/" and no control characters'
  if (!key.isWellFormed()) return 'a key is well-formed Unicode'
  return utf8Length(key) > 255 ? 'a key is at most 255 bytes of UTF-8' : undefined
}

export const kind = <Body extends TSchema>(
  given: Pick<Kind<Body>, 'kind' | 'group' | 'sides' | 'permission' | 'body'> & Partial<Kind<Body>>,
): Kind<Body> => ({ name: slugRule, scope: [], references: () => [], check: () => [], ...given })

export const DisplayName = Type.String({ minLength: 1, maxLength: 200 })
export const Text = Type.String({ maxLength: 4000 })
export const Email = Type.String({ maxLength: 254, pattern: '^[^@\\s]{1,64}@[^@\\s]{1,189}$' })
export const Slug = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })
export const closed = { additionalProperties: false } as const

/** The body of a resource, read as its kind's type. The registry's schemas vouch for it: nothing enters a log unchecked. */
export const bodyOf = <Body extends TObject>(_kind: Kind<Body>, resource: Resource): Static<Body> =>
  resource.body as Static<Body>

/** Whether more live resources stand in a space. Counts only where that may be so: what was deleted stays in the space and does not count. */
export const holdsMoreThan = (most: number, state: State, space: string): boolean => {
  if (state.size(space) <= most) return false
  let live = 0
  for (const _ of state.entries(space)) live += 1
  return live > most
}
