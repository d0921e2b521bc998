// Names that a file brings along, judged before they name anything. The rules themselves are core's.
import { keyRule, slugRule } from '@konfig/core'

export const isSlug = (name: string): boolean => slugRule(name) === undefined

/** The namespace that a file's name stands for: `vets-service.yml` is `vets-service`. No path is ever a name. */
export const namespaceOf = (fileName: string): string | undefined => {
  const name = fileName.replace(/\.(?:ya?ml|json|properties|toml|env)$/i, '').toLowerCase()
  return isSlug(name) ? name : undefined
}

const inherited: readonly string[] = ['constructor', 'prototype', '__proto__']

/** What is wrong with a plain file's key, after `line n`; nothing here if undefined. */
export const keyComplaint = (key: string): string | undefined => {
  const rule = keyRule(key)
  if (rule !== undefined) return `has a key that is not allowed: ${rule}`
  return key.split('.').some((part) => inherited.includes(part))
    ? `has a key with one of ${inherited.join(', ')} in it, which is not allowed`
    : undefined
}
