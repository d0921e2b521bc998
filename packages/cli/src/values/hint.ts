// Names what may have been meant where something is not there. Best effort: where it cannot look, it says nothing.
import { pathOf } from '../http/client.ts'
import type { Problem } from '../problem/problem.ts'
import { nearest } from '../problem/suggest.ts'
import type { Deps } from '../verb.ts'

const namesAt = async ({ client }: Pick<Deps, 'client'>, path: string, field: string): Promise<readonly string[]> => {
  try {
    const { body } = await client.ask({ path, query: { limit: 1000 } })
    const { items } = body as { readonly items: readonly { readonly [name: string]: unknown }[] }
    return items.flatMap((item) => (typeof item[field] === 'string' ? [item[field]] : []))
  } catch {
    return []
  }
}

/** Kinds whose names can be listed, and where. */
const lists: Readonly<Record<string, string>> = {
  namespace: '/namespaces',
  environment: '/environments',
  application: '/applications',
  role: '/roles',
  brand: '/platform/brands',
  plan: '/platform/plans',
  tenant: '/platform/tenants',
}

/** The names of a kind's resources; for hints and completion. */
export const namesOf = (deps: Pick<Deps, 'client'>, kind: string): Promise<readonly string[]> => {
  const path = lists[kind]
  return path === undefined ? Promise.resolve([]) : namesAt(deps, path, 'name')
}

export const keysOf = (deps: Pick<Deps, 'client'>, namespace: string): Promise<readonly string[]> =>
  namesAt(deps, pathOf`/namespaces/${namespace}/configs`, 'key')

const listed = 12

const sentence = (kind: string, typed: string, known: readonly string[]): string | undefined => {
  const near = nearest(typed, known)
  if (near !== undefined) return `Did you mean ${near}?`
  if (known.length === 0) return undefined
  const more = known.length > listed ? ` and ${known.length - listed} more; see \`konfig ${kind} list\`` : ''
  return `There ${known.length === 1 ? 'is' : 'are'} ${known.slice(0, listed).join(', ')}${more}.`
}

const splitKey = (name: string): readonly [namespace: string, key: string] => {
  const slash = name.indexOf('/')
  return [name.slice(0, slash), name.slice(slash + 1)]
}

/** Whoever runs the platform is in no tenant, and may do much that does not count in one. */
const isOnPlatform = async ({ client }: Pick<Deps, 'client'>): Promise<boolean> => {
  try {
    const { body } = await client.ask({ path: '/auth/me' })
    return (body as { readonly tenant: unknown }).tenant === null
  } catch {
    return false
  }
}

const nextOf = async ({ code, data = {} }: Problem, deps: Deps): Promise<string | undefined> => {
  if (code === 'denied')
    return (await isOnPlatform(deps))
      ? 'You are logged in to the platform, in no tenant: `konfig act TENANT` lets you work in one, and `konfig whoami` says what you may do.'
      : undefined
  const { kind, name, namespace, key } = data
  if (code === 'no_value' && typeof namespace === 'string' && typeof key === 'string')
    return `Set one with \`konfig set ${namespace}/${key} VALUE\`, or see what is there with \`konfig config effective ${namespace}/${key}\`.`
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined
  if (code === 'version_not_found') return kind === 'config' ? `See \`konfig history ${name}\`.` : undefined
  if (kind !== 'config') return sentence(kind, name, await namesOf(deps, kind))
  const [within, typed] = splitKey(name)
  const near = nearest(typed, await keysOf(deps, within))
  return near === undefined ? `See \`konfig list ${within}\`.` : `Did you mean ${within}/${near}?`
}

export const hintFor = async (problem: Problem, deps: Deps): Promise<Problem> => {
  const next = await nextOf(problem, deps)
  return next === undefined ? problem : { ...problem, next }
}
