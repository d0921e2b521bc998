// Names what may have been meant where a namespace, key or environment is not there. Best effort: where it cannot look, it says nothing.
import { pathOf } from '../http/client.ts'
import type { Problem } from '../problem/problem.ts'
import { nearest } from '../problem/suggest.ts'
import type { Deps } from '../verb.ts'
import type { Key } from './place.ts'

const namesAt = async ({ client }: Deps, path: string, field: string): Promise<readonly string[]> => {
  try {
    const { body } = await client.ask({ path, query: { limit: 1000 } })
    const { items } = body as { readonly items: readonly { readonly [name: string]: unknown }[] }
    return items.flatMap((item) => (typeof item[field] === 'string' ? [item[field]] : []))
  } catch {
    return []
  }
}

const listed = 12

const hint = (
  kind: string,
  typed: string,
  known: readonly string[],
  write: (name: string) => string,
): string | undefined => {
  const near = nearest(typed, known)
  if (near !== undefined) return `Did you mean ${write(near)}?`
  if (known.length === 0) return undefined
  return `There ${known.length === 1 ? 'is' : 'are'} ${known.slice(0, listed).join(', ')}${known.length > listed ? ` and ${known.length - listed} more; see \`konfig ${kind} list\`` : ''}.`
}

const asIs = (name: string): string => name

/** The names of a kind's resources; for hints and completion. */
export const namesOf = (deps: Deps, kind: 'namespace' | 'environment'): Promise<readonly string[]> =>
  namesAt(deps, kind === 'namespace' ? '/namespaces' : '/environments', 'name')

export const keysOf = (deps: Deps, namespace: string): Promise<readonly string[]> =>
  namesAt(deps, pathOf`/namespaces/${namespace}/configs`, 'key')

export const hintFor = async (problem: Problem, { namespace, key }: Key, deps: Deps): Promise<Problem> => {
  const { kind } = problem.data ?? {}
  const write = (name: string): string => `${namespace}/${name}`
  const next =
    problem.code === 'no_value'
      ? `Set one with \`konfig set ${namespace}/${key} VALUE\`, or see why with \`konfig explain ${namespace}/${key}\`.`
      : kind === 'environment'
        ? hint('environment', deps.settings.environment ?? '', await namesOf(deps, 'environment'), asIs)
        : kind === 'namespace'
          ? hint('namespace', namespace, await namesOf(deps, 'namespace'), (name) => `${name}/${key}`)
          : hint('config', key, await keysOf(deps, namespace), write)
  return next === undefined ? problem : { ...problem, next }
}
