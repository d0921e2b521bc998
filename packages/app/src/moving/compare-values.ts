// Holds every resolved value of a copy against its source: each key of each namespace in each environment. Owns the comparison; resolving is core's.
import {
  environmentNames,
  equalJson,
  failure,
  KonfigError,
  resolveNamespace,
  type State,
  type World,
  worldOf,
} from '@konfig/core'
import { openSlices } from '@konfig/journal'

export interface Pair {
  readonly source: State
  readonly target: State
}

const differs = (what: string): KonfigError => new KonfigError(failure('copy_differs', { what }))

const namespacesOf = ({ platform, tenant }: World): readonly string[] => [
  ...new Set([...platform.entries('namespace'), ...(tenant?.entries('namespace') ?? [])].map(({ name }) => name)),
]

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.toSorted().every((name, at) => name === other.toSorted()[at])

/** How many values there are. Throws `copy_differs` naming the first that is not the same; `name` is the tenant's, or `platform`. */
export const compareValues = async (name: string, platform: Pair, tenant?: Pair): Promise<number> => {
  const environments = environmentNames(platform.source, tenant?.source)
  if (!sameNames(environments, environmentNames(platform.target, tenant?.target)))
    throw differs(`the environments of ${name}`)
  let count = 0
  const pause = openSlices()
  for (const environment of environments) {
    const was = worldOf(platform.source, tenant?.source, environment)
    const is = worldOf(platform.target, tenant?.target, environment)
    const namespaces = namespacesOf(was)
    if (!sameNames(namespaces, namespacesOf(is))) throw differs(`the namespaces of ${name}`)
    for (const namespace of namespaces) {
      const [before, after] = [resolveNamespace(was, namespace), resolveNamespace(is, namespace)]
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        if (!equalJson(before.get(key)?.value, after.get(key)?.value))
          throw differs(`${namespace}/${key} of ${name} in ${environment}`)
        count += 1
      }
      await pause()
    }
  }
  return count
}
