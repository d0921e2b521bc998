// The list that `consul kv export` prints: keys with base64 values. Owns its form in both directions; what paths mean is paths.ts's.
import { fromBase64, toBase64 } from './base64.ts'
import type { PathEntry } from './paths.ts'
import { stop } from './refusal.ts'
import { childOf, type Tree } from './tree.ts'

const entryOf = (item: Tree): readonly PathEntry[] => {
  const key = childOf(item, 'key')
  const value = childOf(item, 'value')
  if (key?.kind !== 'scalar' || typeof key.value !== 'string') return stop('has an entry without a key', item.line)
  if (value?.kind !== 'scalar' || (value.value !== null && typeof value.value !== 'string'))
    return stop('has an entry whose value is not base64 text', item.line)
  // Folders are entries of their own there, with nothing in them.
  if (key.value.endsWith('/')) return []
  return [{ path: key.value, text: fromBase64(value.value ?? '', item.line), line: item.line }]
}

export const readConsul = (tree: Tree): readonly PathEntry[] =>
  tree.kind === 'list' ? tree.items.flatMap(entryOf) : stop('must be the list that consul kv export prints', tree.line)

export const writeConsul = (entries: readonly { readonly path: string; readonly text: string }[]): string =>
  `${JSON.stringify(
    entries.map(({ path, text }) => ({ key: path, flags: 0, value: toBase64(text) })),
    undefined,
    2,
  )}\n`
