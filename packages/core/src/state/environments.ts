// The environments that a tenant has: the platform's and its own, as one tree. Knows nothing of values.
import type { Resource } from '../log/commit.ts'
import type { State } from './state.ts'

export interface EnvironmentView {
  readonly name: string
  readonly parent: string | undefined
  readonly protected: boolean
  readonly order: number
  readonly definedBy: 'platform' | 'tenant'
}

const parentOf = (resource: Resource | undefined): string | undefined => {
  const parent = resource?.body['parent']
  return typeof parent === 'string' ? parent : undefined
}

/** One environment as the tenant sees it: its parent is its definer's; protection holds if either side sets it; the tenant's order wins. */
export const environmentOf = (
  name: string,
  platform: State,
  tenant: State | undefined,
): EnvironmentView | undefined => {
  const above = platform.get('environment', name)
  const own = tenant?.get('environment', name)
  const definer = above ?? own
  if (definer === undefined) return undefined
  const order = own?.body['order'] ?? above?.body['order']
  return {
    name,
    parent: parentOf(definer),
    protected: above?.body['protected'] === true || own?.body['protected'] === true,
    order: typeof order === 'number' ? order : 0,
    definedBy: above === undefined ? 'tenant' : 'platform',
  }
}

export const environmentNames = (platform: State, tenant: State | undefined): readonly string[] => {
  const names = new Set<string>()
  for (const { name } of platform.entries('environment')) names.add(name)
  if (tenant !== undefined) for (const { name } of tenant.entries('environment')) names.add(name)
  return [...names]
}

/** By order, then by name: how people see them. */
export const environmentsOf = (platform: State, tenant: State | undefined): readonly EnvironmentView[] =>
  environmentNames(platform, tenant)
    .flatMap((name) => environmentOf(name, platform, tenant) ?? [])
    .sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))

/** The environment and its ancestors, root first. A parent that is missing, or met twice, ends the chain. */
export const chainOf = (name: string, platform: State, tenant: State | undefined): readonly string[] => {
  const chain: string[] = []
  let at: string | undefined = name
  while (at !== undefined && !chain.includes(at)) {
    const found = environmentOf(at, platform, tenant)
    if (found === undefined) break
    chain.unshift(at)
    at = found.parent
  }
  return chain
}

/** The environment and all that have it as an ancestor: where a value in it can be seen. */
export const withDescendants = (name: string, platform: State, tenant: State | undefined): readonly string[] => [
  name,
  ...environmentNames(platform, tenant).filter(
    (other) => other !== name && chainOf(other, platform, tenant).includes(name),
  ),
]
