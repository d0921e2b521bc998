// Bundles our own code and the libraries that are plain JavaScript into a few files: Node runs no TypeScript under node_modules.
// Owns what is an entry, what stays outside, and how files that are found by their address are found again; must not know the package around it.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'

/** What is started by its file: the command and the threads. All of it lies flat in one folder, chunks too. */
const entries = {
  konfig: 'packages/cli/src/main.ts',
  'hash-worker': 'packages/app/src/identity/hash-worker.ts',
  'read-worker': 'packages/app/src/transfer/read-worker.ts',
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

/** Some libraries call `require`, which a module does not have. */
const banner =
  "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);"

export const bundle = async (root: string, folder: string): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, entry]) => ({ in: entry, out })),
    outdir: folder,
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: [...outside, ...absent],
    plugins: [readdress],
    banner: { js: banner },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  return metafile
}
