// A directory of Spring Cloud Config: application.yml, {app}.yml, {app}-{profile}.yml and application-{profile}.yml.
// Owns which application and profile a file is for, and how Spring's order of files comes out of namespaces and environments.
import { equalJson, inferType } from '@konfig/core'
import { isSlug } from './name.ts'
import { type Document, type Plain, type PlainOverride, readPlain } from './plain.ts'
import { stop } from './refusal.ts'
import type { Tree } from './tree.ts'

/** Whether `vets-production.yml` is namespace vets in environment production, or a namespace of its own. */
export type ProfileAs = 'environment' | 'namespace'

export interface DirectoryFile {
  /** A bare name, no path. */
  readonly name: string
  readonly documents: readonly Tree[]
}

export interface PlainApplication {
  readonly name: string
  /** In the order in which they are read; the last one wins. */
  readonly namespaces: readonly string[]
}

export interface SpringOptions {
  readonly profileAs?: ProfileAs | undefined
  /** Profiles that no pair of files shows: with `production` here, `vets-production.yml` is of vets also without a `vets.yml`. */
  readonly profiles?: readonly string[] | undefined
}

export interface Directory {
  readonly plains: readonly Plain[]
  readonly applications: readonly PlainApplication[]
  /** What each file was taken for, and what was added so that every value is what Spring would serve. */
  readonly notes: readonly string[]
}

const common = 'application'
const stemOf = (name: string): string => name.replace(/\.(?:ya?ml|json|properties|toml|env)$/i, '').toLowerCase()

interface Meaning {
  readonly application: string
  readonly profile?: string
}

/** The longest other file's name that this one begins with is its application; what follows the hyphen its profile. */
const meaningOf = (stem: string, stems: ReadonlySet<string>, profiles: readonly string[]): Meaning => {
  for (let end = stem.length - 1; end > 0; end -= 1) {
    const application = stem.slice(0, end)
    if (stem[end] === '-' && (application === common || stems.has(application)))
      return { application, profile: stem.slice(end + 1) }
  }
  const named = profiles.filter((profile) => stem.endsWith(`-${profile}`)).toSorted((a, b) => b.length - a.length)[0]
  return named === undefined ? { application: stem } : { application: stem.slice(0, -named.length - 1), profile: named }
}

const slug = (name: string, file: string): string =>
  isSlug(name)
    ? name
    : stop(`${JSON.stringify(file.slice(0, 100))} has a name whose parts cannot name things: use a-z, 0-9, _ and -`)

interface Named extends Meaning {
  readonly file: DirectoryFile
}

const meaningsOf = (files: readonly DirectoryFile[], profiles: readonly string[]): readonly Named[] => {
  const stems = new Set(files.map(({ name }) => stemOf(name)))
  return files.map((file) => {
    const { application, profile } = meaningOf(stemOf(file.name), stems, profiles)
    return {
      file,
      application: slug(application, file.name),
      ...(profile === undefined ? {} : { profile: slug(profile, file.name) }),
    }
  })
}

/**
 * Spring lets application-{profile} win over {app}; Konfig lets the later namespace win. So where both set a key, the
 * profile's value is set for the application as well.
 */
const lifted = (shared: Plain, own: Plain): { readonly plain: Plain; readonly notes: readonly string[] } => {
  const bases = new Map(own.configs.map((config) => [config.key, config]))
  const there = new Set(own.overrides.map(({ key, environment }) => `${environment} ${key}`))
  const added: PlainOverride[] = []
  const notes: string[] = []
  for (const override of shared.overrides) {
    const base = bases.get(override.key)
    if (base?.value === undefined || there.has(`${override.environment} ${override.key}`)) continue
    if (equalJson(base.value, override.value)) continue
    const { key, environment } = override
    const of = `${own.namespace}/${key} in ${environment}`
    if (inferType(override.value).type !== base.definition.type) {
      notes.push(`${of} keeps its own value: the one of ${shared.namespace}-${environment} is of another type`)
      continue
    }
    added.push(override)
    notes.push(
      `${of} takes the value of ${shared.namespace}-${environment}, which Spring lets win over ${own.namespace}`,
    )
  }
  const environments = [...new Set([...own.environments, ...added.map(({ environment }) => environment)])]
  return { plain: { ...own, overrides: [...own.overrides, ...added], environments }, notes }
}

const taken = ({ file, application, profile }: Named, profileAs: ProfileAs): string => {
  if (profile === undefined) return `${file.name}: namespace ${application}`
  return profileAs === 'environment'
    ? `${file.name}: namespace ${application} in environment ${profile}`
    : `${file.name}: namespace ${application}-${profile}`
}

const plainsOf = (named: readonly Named[]): readonly Plain[] => {
  const documents = new Map<string, Document[]>()
  for (const { file, application, profile } of named) {
    const list = documents.get(application) ?? []
    documents.set(application, list)
    for (const tree of file.documents)
      list.push({ tree, file: file.name, ...(profile === undefined ? {} : { environment: profile }) })
  }
  return [...documents].map(([namespace, list]) => readPlain(list, namespace))
}

const asEnvironments = (plains: readonly Plain[]): Directory => {
  const shared = plains.find(({ namespace }) => namespace === common)
  if (shared === undefined) return { plains, applications: [], notes: [] }
  const settled = plains.map((plain) => (plain === shared ? { plain, notes: [] } : lifted(shared, plain)))
  return {
    plains: settled.map(({ plain }) => plain),
    applications: plains.flatMap(({ namespace }) =>
      namespace === common ? [] : [{ name: namespace, namespaces: [common, namespace] }],
    ),
    notes: settled.flatMap(({ notes }) => notes),
  }
}

/** A namespace for each pair of application and profile: also for profiles that a document names inside. */
const asNamespaces = (plains: readonly Plain[]): Directory => {
  const spread = plains.flatMap((plain): readonly Plain[] => [
    { ...plain, overrides: [], environments: [], configs: plain.configs.filter(({ value }) => value !== undefined) },
    ...plain.environments.map((profile): Plain => {
      const own = plain.overrides.filter(({ environment }) => environment === profile)
      const configs = own.map(({ key, value, line }) => ({ key, definition: inferType(value), value, line }))
      return {
        namespace: `${plain.namespace}-${profile}`,
        configs,
        overrides: [],
        environments: [],
        conflicts: [],
      }
    }),
  ])
  const there = new Set(spread.map(({ namespace }) => namespace))
  const profiles = [...new Set(plains.flatMap(({ environments }) => environments))]
  const applications = plains.flatMap(({ namespace }): readonly PlainApplication[] => {
    if (namespace === common) return []
    const reads = (...names: readonly string[]) => names.filter((name) => there.has(name))
    return [
      { name: namespace, namespaces: reads(common, namespace) },
      ...profiles
        .filter((profile) => there.has(`${namespace}-${profile}`) || there.has(`${common}-${profile}`))
        .map((profile) => ({
          name: `${namespace}-${profile}`,
          namespaces: reads(common, namespace, `${common}-${profile}`, `${namespace}-${profile}`),
        })),
    ]
  })
  return { plains: spread, applications, notes: [] }
}

/** The files of one directory. Must run within `reading`. */
export const readSpring = (
  files: readonly DirectoryFile[],
  { profileAs = 'environment', profiles = [] }: SpringOptions,
): Directory => {
  const named = meaningsOf(files, profiles)
  const found = plainsOf(named)
  const { plains, applications, notes } = profileAs === 'environment' ? asEnvironments(found) : asNamespaces(found)
  return { plains, applications, notes: [...named.map((one) => taken(one, profileAs)), ...notes] }
}
