// API keys as people see them: never the hash, never the key.
import { isUuid, type Resource } from '@konfig/core'
import { type Context, notFound } from '../context.ts'

export interface ApiKeyView {
  readonly id: string
  readonly name: string
  /** The public part of the key's text, by which a key that was found somewhere can be recognised. */
  readonly keyId: string
  readonly role: string
  readonly namespaces: readonly string[]
  readonly environments: readonly string[]
  readonly expiresAt: string | null
  readonly expired: boolean
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(text) : [])

export const apiKeyView = (resource: Resource, now: number): ApiKeyView => {
  const { body } = resource
  const expiresAt = typeof body['expiresAt'] === 'number' ? body['expiresAt'] : undefined
  return {
    id: resource.id,
    name: resource.name,
    keyId: text(body['keyId']),
    role: text(body['role']),
    namespaces: list(body['namespaces']),
    environments: list(body['environments']),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    expired: expiresAt !== undefined && expiresAt <= now,
    version: resource.version,
    createdAt: new Date(resource.createdAt).toISOString(),
    createdBy: resource.createdBy,
  }
}

/** By id or name. Throws `resource_not_found`. */
export const findApiKey = ({ log }: Pick<Context, 'log'>, idOrName: string): Resource => {
  const state = log.state()
  const found = isUuid(idOrName) ? state.byId(idOrName.toLowerCase()) : state.get('apiKey', idOrName)
  if (found === undefined || found.deleted || found.kind !== 'apiKey') throw notFound('API key', idOrName)
  return found
}
