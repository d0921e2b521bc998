// A tenant's settings: read with their defaults, changed field by field. Owns the defaults; the kind owns the shape.
import { type Expectation, type JsonObject, ok, type Resource, type State } from '@konfig/core'
import { commit } from '../commit.ts'
import { check, type Context } from '../context.ts'

export interface SettingsView {
  readonly requireIfMatch: boolean
  readonly requireIdempotencyKey: boolean
  readonly defaultEnvironment: string | null
  readonly contactEmail: string | null
}

export interface ReadSettings {
  readonly view: SettingsView
  /** Undefined where nothing was ever set. */
  readonly etag: string | undefined
}

/** What is left out stays; null goes back to the default. */
export type SettingsPatch = { readonly [field in keyof SettingsView]?: SettingsView[field] | null | undefined }

const name = 'settings'
const fields = ['requireIfMatch', 'requireIdempotencyKey', 'defaultEnvironment', 'contactEmail'] as const

const textIn = (resource: Resource | undefined, field: (typeof fields)[number]): string | null => {
  const value = resource?.body[field]
  return typeof value === 'string' ? value : null
}

const shown = (resource: Resource | undefined): ReadSettings => ({
  view: {
    requireIfMatch: resource?.body['requireIfMatch'] === true,
    requireIdempotencyKey: resource?.body['requireIdempotencyKey'] === true,
    defaultEnvironment: textIn(resource, 'defaultEnvironment'),
    contactEmail: textIn(resource, 'contactEmail'),
  },
  etag: resource === undefined ? undefined : `"${resource.id}.${resource.version}"`,
})

const settingsIn = (state: State): Resource | undefined => state.get('settings', name)

export const readSettings = (context: Context): ReadSettings => {
  check(context, 'config:read')
  return shown(settingsIn(context.log.state()))
}

const patched = (body: JsonObject, patch: SettingsPatch): JsonObject => {
  const next: { [field: string]: JsonObject[string] } = { ...body }
  for (const field of fields) {
    const value = patch[field]
    if (value === null) delete next[field]
    else if (value !== undefined) next[field] = value
  }
  return next
}

/** Where values are read of where nobody says; undefined where the tenant does not say either. */
export const defaultEnvironment = (state: State): string | undefined =>
  textIn(settingsIn(state), 'defaultEnvironment') ?? undefined

/** Rejects with `denied`, `target_unknown` for an environment that is not there, `precondition_failed`. */
export const changeSettings = async (
  context: Context,
  patch: SettingsPatch,
  expect: Expectation | undefined,
): Promise<ReadSettings> => {
  const committed = await commit(context, ({ state }) =>
    ok({
      intentions: [{ op: 'put', kind: 'settings', name, body: patched(settingsIn(state)?.body ?? {}, patch), expect }],
    }),
  )
  return shown(settingsIn(committed.state))
}
