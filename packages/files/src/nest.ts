// Dotted keys as levels. Where `a` stands beside `a.b`, both cannot be written, and both are named.
import { type Json, objectOf, refuse, type Result } from '@konfig/core'

interface Level {
  /** A key that stands below here, to name in a collision. */
  readonly under: string
  readonly children: Map<string, Level | Leaf>
}
interface Leaf {
  readonly key: string
  readonly value: Json
}

const isLevel = (node: Level | Leaf | undefined): node is Level => node !== undefined && 'children' in node

const toJson = (node: Level | Leaf): Json =>
  isLevel(node) ? objectOf([...node.children].map(([part, child]) => [part, toJson(child)] as const)) : node.value

export const nest = (values: Iterable<readonly [key: string, value: Json]>, format: string): Result<Json> => {
  const root: Level = { under: '', children: new Map() }
  for (const [key, value] of values) {
    const parts = key.split('.')
    const last = parts.pop() ?? ''
    let level = root
    for (const part of parts) {
      const found: Level | Leaf = level.children.get(part) ?? { under: key, children: new Map() }
      if (!isLevel(found)) return refuse('names_collide', { first: found.key, second: key, format })
      level.children.set(part, found)
      level = found
    }
    const there = level.children.get(last)
    if (there !== undefined)
      return refuse('names_collide', { first: isLevel(there) ? there.under : there.key, second: key, format })
    level.children.set(last, { key, value })
  }
  return { ok: true, value: toJson(root) }
}
