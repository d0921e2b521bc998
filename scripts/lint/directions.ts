// Which package may import which: the one table behind the lint rule `konfig/imports`.
// Pure: gets paths and names, answers with a complaint or nothing; must not know the linter or the disk.

/** Package -> the packages that it may import. A package that is not listed may import none. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  journal: ['core'],
  files: ['core'],
  app: ['core', 'journal', 'files'],
  api: ['core', 'app'],
  server: ['core', 'journal', 'files', 'app', 'api'],
  cli: ['core', 'files', 'api', 'sdk', 'server'],
  web: ['core', 'api', 'sdk'],
  sdk: [],
}
const adapterMayImport: readonly string[] = ['core', 'journal']

/** Backends of the storage ports, stores of master keys, and what nodes speak over. */
const adapters = ['journal-', 'keys-', 'nodes-'] as const

/** The one place that picks adapters; server's own tests may start it with any of them. */
const adapterPicker = /^packages\/server\/src\/(parts\.ts|.*\.test\.ts)$/

/** Packages that also run outside Node, so that they may not import its modules. */
const withoutNode: readonly string[] = ['core', 'api']

/** Tools that only tests may import, and the places that count as tests inside a package. */
const testTools: readonly string[] = ['vitest', 'fast-check', '@scalar/openapi-validator', 'dotenv', 'properties-file']
const testPlace = /\.test\.ts$|\/(contract|spec|testing)\//

/** Real servers, which the tests of a package and the suites both start. */
const servers = 'tests/servers/'

export type Import = {
  /** The importing file, from the root of the repository, with forward slashes. */
  readonly file: string
  /** What stands between the quotes. */
  readonly specifier: string
  /** Names under `dependencies` of the importing package. */
  readonly declared: readonly string[]
}

const packageOf = (file: string): string | undefined => /^packages\/([^/]+)\//.exec(file)?.[1]
const isAdapter = (name: string): boolean => adapters.some((prefix) => name.startsWith(prefix))
const moduleName = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** Says what is wrong with an import, or undefined where it is allowed. Files outside `packages` may import anything. */
export function complaint({ file, specifier, declared }: Import): string | undefined {
  const from = packageOf(file)
  if (from === undefined) return undefined
  if (specifier.startsWith('.')) return leavesPackage(file, specifier, from)
  if (specifier.startsWith('node:')) {
    return withoutNode.includes(from) && !testPlace.test(file)
      ? `packages/${from} may not import ${specifier}: it also runs outside Node. Take what you need as an argument.`
      : undefined
  }
  const name = moduleName(specifier)
  if (name.startsWith('@konfig/')) return wrongDirection(file, from, name.slice('@konfig/'.length))
  if (testTools.includes(name)) {
    return testPlace.test(file)
      ? undefined
      : `${name} is for tests only; move this into a test, contract or spec folder.`
  }
  if (from === 'api' && name !== 'typebox') return `packages/api may import core, app and typebox only, not ${name}.`
  return declared.includes(name)
    ? undefined
    : `${name} is not among the dependencies of packages/${from}/package.json; add it there, with its exact version.`
}

function leavesPackage(file: string, specifier: string, from: string): string | undefined {
  const target = new URL(specifier, `file:///${file}`).pathname.slice(1)
  return target.startsWith(`packages/${from}/`) || (testPlace.test(file) && target.startsWith(servers))
    ? undefined
    : `A relative import may not leave packages/${from}; import another package by its name, @konfig/….`
}

function wrongDirection(file: string, from: string, to: string): string | undefined {
  if (isAdapter(to)) {
    return from === to || adapterPicker.test(file)
      ? undefined
      : `Only packages/server/src/parts.ts picks adapters; packages/${from} may not import @konfig/${to}.`
  }
  const allowed = isAdapter(from) ? adapterMayImport : (mayImport[from] ?? [])
  return allowed.includes(to)
    ? undefined
    : `packages/${from} may not import @konfig/${to}; it may import ${allowed.join(', ') || 'no other package'}.`
}
