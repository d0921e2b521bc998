// Builds the SDK as it is published: one module that Node and browsers run as it is, its types, and a package.json without this repository's.
// Usage: node scripts/build-sdk.ts [folder], .cache/sdk if none is named; then `npm pack <folder>`.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const source = join(root, 'packages/sdk')

/** Declarations name the files that they import as they are called in the source; beside them lie declarations only. */
const writeTypes = (folder: string): void => {
  execFileSync(
    join(root, 'node_modules/.bin/tsc'),
    ['--project', join(root, 'packages/sdk/tsconfig.build.json'), '--outDir', folder],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue
    const path = join(folder, file)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/(['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2'))
  }
}

export const buildSdk = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [join(source, 'src/index.ts')],
    outfile: join(folder, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  })
  writeTypes(join(folder, 'types'))
  const { name, version, description, license, type, engines, sideEffects } = JSON.parse(
    readFileSync(join(source, 'package.json'), 'utf8'),
  ) as Record<string, unknown>
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(
      {
        name,
        version,
        description,
        license,
        type,
        engines,
        sideEffects,
        exports: { '.': { types: './types/index.d.ts', default: './index.js' } },
        types: './types/index.d.ts',
        files: ['index.js', 'types'],
      },
      null,
      2,
    )}\n`,
  )
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  copyFileSync(join(source, 'README.md'), join(folder, 'README.md'))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await buildSdk(resolve(process.argv[2] ?? join(root, '.cache/sdk')))
