// What every format is read into: a tree that still knows lines and repeated keys. Owns which keys, numbers and depths
// any file may have; knows no format.
import { deepestValue, equalJson, type Json, objectOf } from '@konfig/core'
import { stop } from './refusal.ts'

interface At {
  readonly line: number
}
export interface Scalar extends At {
  readonly kind: 'scalar'
  readonly value: null | boolean | number | string
}
export interface List extends At {
  readonly kind: 'list'
  readonly items: readonly Tree[]
}
export interface Entry extends At {
  readonly key: string
  readonly tree: Tree
}
export interface MapTree extends At {
  readonly kind: 'map'
  /** In the file's order; keys may repeat. */
  readonly entries: readonly Entry[]
}
export type Tree = Scalar | List | MapTree

export const childOf = (tree: Tree, key: string): Tree | undefined =>
  tree.kind === 'map' ? tree.entries.find((entry) => entry.key === key)?.tree : undefined

/** A manifest's value lies a few levels down in its file. */
export const deepestTree = deepestValue + 6

export const checkDepth = (depth: number, line: number): void => {
  if (depth > deepestTree) stop(`is nested deeper than ${deepestValue} levels`, line)
}

/** Refused, so that no program that reads the value later can be led to an object's prototype. */
export const checkKey = (key: string, line: number): string =>
  key === '__proto__' ? stop('has the key __proto__, which is not allowed', line) : key

/** A number that JSON can hold exactly; -0 becomes 0. */
export const exactNumber = (value: number | bigint, line: number): number => {
  const number = Number(value)
  if (!Number.isFinite(number)) return stop('has a number that is not finite, which JSON cannot hold', line)
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER)
    return stop(
      'has a number beyond plus or minus 2^53-1, which would be rounded; write it as a string in quotes',
      line,
    )
  return number === 0 ? 0 : number
}

/** The plain value. A key that is repeated with an equal value is one; with another, the file is refused. */
export const toJson = (tree: Tree): Json => {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(toJson)
  const values = new Map<string, Json>()
  for (const { key, line, tree: child } of tree.entries) {
    const value = toJson(child)
    if (values.has(key) && !equalJson(values.get(key), value)) return stop('repeats a key with another value', line)
    values.set(key, value)
  }
  return objectOf(values)
}
