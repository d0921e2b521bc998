// What `etcdctl get --prefix --write-out=json` prints: keys and values in base64. Owns its form in both directions; what
// paths mean is paths.ts's.
import { fromBase64, toBase64 } from './base64.ts'
import type { PathEntry } from './paths.ts'
import { stop } from './refusal.ts'
import { childOf, type Tree } from './tree.ts'

const textAt = (item: Tree, name: string): string => {
  const found = childOf(item, name)
  // An empty value is left out there.
  if (found === undefined && name === 'value') return ''
  if (found?.kind !== 'scalar' || typeof found.value !== 'string')
    return stop('has an entry whose key or value is not base64 text', item.line)
  return fromBase64(found.value, item.line)
}

/** Revisions and leases are etcd's own, and are left behind. */
export const readEtcd = (tree: Tree): readonly PathEntry[] => {
  const kvs = childOf(tree, 'kvs')
  if (kvs === undefined && childOf(tree, 'header') !== undefined) return []
  if (kvs?.kind !== 'list') return stop('must be what etcdctl get --write-out=json prints', tree.line)
  return kvs.items.map((item) => ({ path: textAt(item, 'key'), text: textAt(item, 'value'), line: item.line }))
}

export const writeEtcd = (entries: readonly { readonly path: string; readonly text: string }[]): string =>
  `${JSON.stringify(
    {
      kvs: entries.map(({ path, text }) => ({ key: toBase64(path), value: toBase64(text) })),
      count: entries.length,
    },
    undefined,
    2,
  )}\n`
