// Reads YAML 1.2 through its library: all documents, aliases and merge keys filled in but never multiplied beyond
// bounds, dates left as text, integers exact.
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { stop } from './refusal.ts'
import { checkDepth, checkKey, type Entry, exactNumber, type Tree } from './tree.ts'

const knownTags: readonly string[] = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(
  (name) => `tag:yaml.org,2002:${name}`,
)
/** Beyond this many nodes brought in by aliases a file is a bomb. */
const mostBorrowed = 100_000

interface Reading {
  readonly lineOf: (node: Node | Pair | null | undefined) => number
  readonly anchors: Map<string, Tree>
  borrowed: number
}

const sizeOf = (tree: Tree): number =>
  1 +
  (tree.kind === 'list' ? tree.items : tree.kind === 'map' ? tree.entries.map((entry) => entry.tree) : []).reduce(
    (sum, child) => sum + sizeOf(child),
    0,
  )

const borrow = (reading: Reading, alias: Alias, depth: number): Tree => {
  const line = reading.lineOf(alias)
  const tree = reading.anchors.get(alias.source) ?? stop('has an alias of an anchor that does not come before it', line)
  reading.borrowed += sizeOf(tree)
  if (reading.borrowed > mostBorrowed) stop('has aliases that multiply what they stand for beyond measure', line)
  deepen(tree, depth, line)
  return tree
}

const deepen = (tree: Tree, depth: number, line: number): void => {
  checkDepth(depth, line)
  if (tree.kind === 'list') for (const item of tree.items) deepen(item, depth + 1, line)
  if (tree.kind === 'map') for (const entry of tree.entries) deepen(entry.tree, depth + 1, line)
}

/** Older readers take these for octal and newer ones for decimal: the digits of a file's mode or a postcode are kept as they stand. */
const leadingZero = /^[-+]?0\d+$/

const scalar = (node: Scalar, line: number): Tree => {
  const { value, source } = node
  if (typeof value === 'bigint' && node.tag === undefined && source !== undefined && leadingZero.test(source))
    return { kind: 'scalar', line, value: source }
  if (typeof value === 'number' || typeof value === 'bigint')
    return { kind: 'scalar', line, value: exactNumber(value, line) }
  if (value === null || value === undefined) return { kind: 'scalar', line, value: null }
  if (typeof value === 'boolean' || typeof value === 'string')
    return { kind: 'scalar', line, value: wellFormed(value, line) }
  return stop('has a value that JSON cannot hold', line)
}

const wellFormed = <T extends string | boolean>(value: T, line: number): T =>
  typeof value === 'string' && !value.isWellFormed() ? stop('has half of a Unicode character', line) : value

/** A key is text as it was written: 8080 and true are keys as they stand. */
const keyText = (key: unknown, line: number): string => {
  if (!isScalar(key)) return stop('has a key that is not plain text', line)
  if (typeof key.value === 'string') return checkKey(wellFormed(key.value, line), line)
  return key.source === undefined || key.source === '' ? stop('has an empty key', line) : checkKey(key.source, line)
}

const isMerge = (key: unknown): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN'

/** The entries that `<<` brings in: of one map, or of several, the first of which wins. */
const merged = (tree: Tree, line: number): readonly Entry[] => {
  const maps = tree.kind === 'list' ? tree.items : [tree]
  const seen = new Set<string>()
  return maps.flatMap((map) => {
    if (map.kind !== 'map') return stop('merges something that is not a map', line)
    return map.entries.filter(({ key }) => !seen.has(key) && seen.add(key))
  })
}

const map = (reading: Reading, node: YAMLMap, line: number, depth: number): Tree => {
  const own: Entry[] = []
  const brought: Entry[] = []
  for (const pair of node.items) {
    const at = reading.lineOf(pair.key as Node | null)
    const tree = build(reading, pair.value as Node | null, depth + 1, at)
    if (isMerge(pair.key)) brought.push(...merged(tree, at))
    else own.push({ key: keyText(pair.key, at), line: at, tree })
  }
  const named = new Set(own.map(({ key }) => key))
  return { kind: 'map', line, entries: [...own, ...brought.filter(({ key }) => !named.has(key))] }
}

const build = (reading: Reading, node: Node | null | undefined, depth: number, above: number): Tree => {
  if (node === null || node === undefined) return { kind: 'scalar', line: above, value: null }
  const line = reading.lineOf(node)
  checkDepth(depth, line)
  if (isAlias(node)) return borrow(reading, node, depth)
  if (node.tag !== undefined && !knownTags.includes(node.tag))
    return stop('has a tag that stands for no JSON value', line)
  const tree = isScalar(node)
    ? scalar(node, line)
    : isSeq(node)
      ? {
          kind: 'list' as const,
          line,
          items: node.items.map((item) => build(reading, item as Node | null, depth + 1, line)),
        }
      : isMap(node)
        ? map(reading, node, line, depth)
        : stop('has something that is neither map, list nor scalar', line)
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, tree)
  return tree
}

const complaint = (code: string): string => {
  if (code === 'TAB_AS_INDENT') return 'is indented with tabs; YAML takes spaces only'
  if (code === 'RESOURCE_EXHAUSTION') return 'is nested too deeply'
  return `is not YAML (${code.toLowerCase().replaceAll('_', ' ')})`
}

/** The library takes about a second a MiB and tens of bytes a byte; JSON is read at ten times that speed. */
const largestYaml = 16 * 1_048_576

/** All documents of a file; those with nothing in them are left out. */
export const readYaml = (text: string): readonly Tree[] => {
  if (text.length > largestYaml) return stop('it is YAML larger than 16 MiB; write so much as JSON, or split it')
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    schema: 'core',
    version: '1.2',
    uniqueKeys: false,
    intAsBigInt: true,
    logLevel: 'silent',
    prettyErrors: false,
    keepSourceTokens: false,
  })
  const documents = 'empty' in parsed ? [] : parsed
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  return documents.flatMap((document) => {
    const [error] = document.errors
    if (error !== undefined) return stop(complaint(error.code), lineAt(error.pos[0]))
    if (document.directives?.yaml.explicit === true && document.directives.yaml.version === '1.1')
      return stop('it asks for YAML 1.1; YAML 1.2 is read here')
    if (document.contents === null) return []
    const reading: Reading = {
      lineOf: (node) => lineAt((node as Node | null)?.range?.[0] ?? 0),
      anchors: new Map(),
      borrowed: 0,
    }
    const tree = build(reading, document.contents, 0, 1)
    return tree.kind === 'scalar' && tree.value === null ? [] : [tree]
  })
}
