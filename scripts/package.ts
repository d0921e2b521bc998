// Makes the package that `npm install --global konfig` installs: the command, the server and the sample in one folder.
// Usage: node scripts/package.ts FOLDER
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, outside } from './package/bundle.ts'
import { licences } from './package/licences.ts'

const root = resolve(import.meta.dirname, '..')

type Described = {
  readonly version: string
  readonly description: string
  readonly license: string
  readonly engines: object
}
type Locked = { readonly packages: Readonly<Record<string, { readonly version: string }>> }

const read = async <Shape>(path: string): Promise<Shape> =>
  JSON.parse(await readFile(join(root, path), 'utf8')) as Shape

const describePackage = async (): Promise<object> => {
  const { version, description, license, engines } = await read<Described>('package.json')
  const { packages } = await read<Locked>('package-lock.json')
  const dependencies = outside.map((name) => {
    const locked = packages[`node_modules/${name}`]
    if (locked === undefined) throw new Error(`${name} is not in the lockfile.`)
    return [name, locked.version]
  })
  return {
    name: 'konfig',
    version,
    description,
    license,
    type: 'module',
    bin: { konfig: 'bin/konfig.js' },
    files: ['bin', 'dist', 'examples', 'THIRD-PARTY-LICENCES'],
    engines,
    dependencies: Object.fromEntries(dependencies),
  }
}

/** Makes the folder anew and fills it. */
export const makePackage = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'bin'), { recursive: true })
  const files = await bundle(root, join(folder, 'dist'))
  await Promise.all([
    writeFile(join(folder, 'package.json'), `${JSON.stringify(await describePackage(), undefined, 2)}\n`),
    cp(join(root, 'scripts/package/konfig.js'), join(folder, 'bin/konfig.js')),
    writeFile(join(folder, 'bin/package.json'), '{ "type": "commonjs" }\n'),
    writeFile(join(folder, 'THIRD-PARTY-LICENCES'), await licences(root, files)),
    cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true }),
    cp(join(root, 'README.md'), join(folder, 'README.md')),
    cp(join(root, 'LICENSE'), join(folder, 'LICENSE')),
  ])
  await chmod(join(folder, 'bin/konfig.js'), 0o755)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2]
  if (folder === undefined) {
    console.error('Name the folder to make, as in: node scripts/package.ts .cache/package')
    process.exitCode = 2
  } else {
    await makePackage(resolve(folder))
    console.log(`Made ${folder}. Install it with: npm install --global ${folder}`)
  }
}
