// Bundles our own code and the libraries that are plain JavaScript into a few files: Node runs no TypeScript under node_modules.
// `main.cjs` holds what every start needs and `get`; what is imported when it is called, and the threads, lie flat beside it.
// Owns what is an entry, what stays outside, and how files that are found by their address are found again; must not know the package around it.
import { globSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'

const command = 'packages/cli/src'

/** Threads are started by their file. */
const threads = {
  'hash-worker': 'packages/app/src/identity/hash-worker.ts',
  'read-worker': 'packages/app/src/threads/read-worker.ts',
  'write-worker': 'packages/app/src/threads/write-worker.ts',
  'sqlite-worker': 'packages/journal-sqlite/src/worker/main.ts',
} as const

/** Left to npm: what holds machine code, or reads files of its own at run time. */
export const outside = ['bcrypt', '@node-rs/argon2', '@scalar/fastify-api-reference'] as const

/** Asked for by a library when it is there; it is not, and need not be. */
const absent = ['pg-native']

/** An address in a source file -> the same thing's address from the folder of the bundle. */
const addresses: Readonly<Record<string, string>> = {
  './hash-worker.ts': './hash-worker.js',
  './read-worker.ts': './read-worker.js',
  './write-worker.ts': './write-worker.js',
  './worker/main.ts': './sqlite-worker.js',
  '../package.json': '../package.json',
  '../../../../examples/petclinic/': '../examples/petclinic/',
}

const address = /new URL\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g

const readdress: Plugin = {
  name: 'readdress',
  setup: (bundler) => {
    bundler.onLoad({ filter: /\/packages\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = source.replaceAll(address, (_all, from: string) => {
        const to = addresses[from]
        if (to === undefined)
          throw new Error(
            `${basename(path)} finds ${from} by its address; say in ${import.meta.filename} where it is in a bundle.`,
          )
        return `new URL('${to}', import.meta.url)`
      })
      return { contents, loader: 'ts' }
    })
  },
}

/** `values/set.ts` as a file of its own in the bundle, where all lies flat so that addresses hold in each; JSON becomes a module too. */
const partOf = (source: string, path: string): string =>
  relative(source, path)
    .replace(/\.(ts|json)$/, '')
    .replaceAll('/', '-')

const dynamic = /\bimport\(\s*'(\.[^']+)'/g

/** What the sources of the command import when it is called, by its file in the bundle. */
const partsIn = (source: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    globSync('**/*.ts', { cwd: source, exclude: ['**/*.test.ts'] })
      .flatMap((file) =>
        [...readFileSync(join(source, file), 'utf8').matchAll(dynamic)].map(([, path = '']) =>
          resolve(source, dirname(file), path),
        ),
      )
      .map((path) => [partOf(source, path), path]),
  )

/** In `main.cjs` what is imported when it is called stays so: the part's file. */
const asParts = (source: string): Plugin => ({
  name: 'parts',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import'
        ? { path: `./${partOf(source, resolve(resolveDir, path))}.js`, external: true }
        : undefined,
    )
  },
})

/** Some libraries call `require`, which a module does not have. */
const banner =
  "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);"

/** Fills the folder; answers which files went in, as paths from the root. */
export const bundle = async (root: string, folder: string): Promise<readonly string[]> => {
  const source = join(root, command)
  const common = {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  } as const satisfies BuildOptions
  const first = await build({
    ...common,
    entryPoints: { main: join(source, 'main.ts') },
    outExtension: { '.js': '.cjs' },
    // Required, not imported: an import of a module of Node names all of its exports, and some of those load much.
    format: 'cjs',
    minify: true,
    plugins: [asParts(source)],
  })
  const rest = await build({
    ...common,
    entryPoints: { ...partsIn(source), ...threads },
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    external: [...outside, ...absent],
    plugins: [readdress],
    banner: { js: banner },
  })
  return [...new Set([...Object.keys(first.metafile.inputs), ...Object.keys(rest.metafile.inputs)])]
}
