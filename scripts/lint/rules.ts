// The house rules that oxlint does not bring along, as an oxlint plugin.
// Owns how a rule looks at a file; which imports are allowed stands in directions.ts.
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { complaint } from './directions.ts'

type Node = { readonly type: string }
type Importing = Node & { readonly source: { readonly value: unknown } | null }
type Function = Node & { readonly async: boolean }
type Loop = Node & { readonly await: boolean }
type Context = {
  readonly filename: string
  readonly report: (problem: { readonly node: Node; readonly message: string }) => void
}
type Rule = { readonly create: (context: Context) => Readonly<Record<string, (node: never) => void>> }

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const pathOf = (context: Context): string => relative(root, context.filename).replaceAll('\\', '/')

type Manifest = { readonly dependencies?: Readonly<Record<string, string>>; readonly exports?: unknown }
const manifests = new Map<string, Manifest>()

/** The package.json beside a file under packages/, read once per run. */
function manifestOf(file: string): Manifest {
  const folder = file.split('/', 2).join('/')
  const known = manifests.get(folder)
  if (known !== undefined) return known
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
  manifests.set(folder, manifest)
  return manifest
}

const imports: Rule = {
  create: (context) => {
    const file = pathOf(context)
    if (!file.startsWith('packages/')) return {}
    const declared = Object.keys(manifestOf(file).dependencies ?? {})
    const look = (node: Importing): void => {
      const specifier = node.source?.value
      if (typeof specifier !== 'string') return
      const message = complaint({ file, specifier, declared })
      if (message !== undefined) context.report({ node, message })
    }
    return {
      ImportDeclaration: look,
      ImportExpression: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      TSImportType: look,
    }
  },
}

const pure: Rule = {
  create: (context) => {
    const refuse = (what: string) => (node: Node) =>
      context.report({ node, message: `packages/core is pure and synchronous: no ${what} here.` })
    const refuseAsync = (node: Function): void => {
      if (node.async) refuse('async function')(node)
    }
    const refuseLoop = (node: Loop): void => {
      if (node.await) refuse('for await')(node)
    }
    return {
      AwaitExpression: refuse('await'),
      ImportExpression: refuse('import()'),
      ForOfStatement: refuseLoop,
      FunctionDeclaration: refuseAsync,
      FunctionExpression: refuseAsync,
      ArrowFunctionExpression: refuseAsync,
    }
  },
}

const refusals: Rule = {
  create: (context) => ({
    ThrowStatement: (node: Node) =>
      context.report({ node, message: 'packages/core refuses by value; only errors/bug.ts may throw.' }),
  }),
}

const vagueFolders: readonly string[] = ['shared', 'utils', 'helpers']

const places: Rule = {
  create: (context) => ({
    Program: (node: Node) => {
      const folder = pathOf(context)
        .split('/')
        .slice(0, -1)
        .find((segment) => vagueFolders.includes(segment))
      if (folder !== undefined) {
        context.report({ node, message: `A folder is named after what it holds, never '${folder}'.` })
      }
    },
  }),
}

const faces: Rule = {
  create: (context) => {
    const file = pathOf(context)
    const inside = file.split('/').slice(2).join('/')
    const isFace =
      !file.startsWith('packages/') || JSON.stringify(manifestOf(file).exports ?? {}).includes(`"./${inside}"`)
    if (isFace) return {}
    const refuse = (node: Node): void =>
      context.report({
        node,
        message: "Only a package's face, named under `exports` in its package.json, may gather exports.",
      })
    return file.endsWith('/index.ts') ? { Program: refuse } : { ExportAllDeclaration: refuse }
  },
}

const plugin = { meta: { name: 'konfig' }, rules: { imports, pure, refusals, places, faces } }
export default plugin
