// Bundles the command line with esbuild into packages/cli/dist: `main.cjs` holds what every start needs and `get`, everything that is
// imported when it is called lies beside it. The server stays a package of its own. Usage: node scripts/bundle-cli.ts [folder]
import { globSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type BuildOptions, type Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..')
const source = join(root, 'packages/cli/src')
const parts = 'parts'

const outside = ['@konfig/server', '@konfig/server/*']

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  external: outside,
}

/** `./values/set.ts` as a part of its own; a name without the ending, since JSON becomes a module too. */
const partOf = (path: string): string => relative(source, path).replace(/\.(ts|json)$/, '')

const dynamic = /\bimport\(\s*'(\.[^']+)'/g

/** What the sources import when it is called. */
const lazily = (): readonly string[] => [
  ...new Set(
    globSync('**/*.ts', { cwd: source, exclude: ['**/*.test.ts'] }).flatMap((file) =>
      [...readFileSync(join(source, file), 'utf8').matchAll(dynamic)].map(([, path = '']) =>
        resolve(source, dirname(file), path),
      ),
    ),
  ),
]

/** In `main.cjs` what is imported when it is called stays so: the part's file. */
const asParts: Plugin = {
  name: 'parts',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import'
        ? { path: `./${parts}/${partOf(resolve(resolveDir, path))}.js`, external: true }
        : undefined,
    )
  },
}

export const bundleCli = async (folder = join(root, 'packages/cli/dist')): Promise<void> => {
  rmSync(folder, { recursive: true, force: true })
  await build({
    ...common,
    entryPoints: { main: join(source, 'main.ts') },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    // Required, not imported: an import of a module of Node names all of its exports, and some of those load much.
    format: 'cjs',
    plugins: [asParts],
  })
  await build({
    ...common,
    entryPoints: Object.fromEntries(lazily().map((path) => [partOf(path), path])),
    outdir: join(folder, parts),
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[hash]',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await bundleCli(process.argv[2] === undefined ? undefined : resolve(process.argv[2]))
