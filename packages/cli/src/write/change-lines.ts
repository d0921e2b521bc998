// What a change does to one resource, field by field, as lines with - and +. Pure.
import type { Paint } from '../output/paint.ts'
import { cell, valueCell } from '../output/table.ts'

/** Fields that every write changes, or that only name what is written, say nothing. */
const quiet = new Set([
  'namespace',
  'key',
  'name',
  'layer',
  'environment',
  'definedBy',
  'version',
  'revision',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'id',
])

const fieldsOf = (body: unknown): { readonly [name: string]: unknown } =>
  typeof body === 'object' && body !== null ? (body as { readonly [name: string]: unknown }) : {}

export const changeLines = (before: unknown, after: unknown, paint: Paint): readonly string[] => {
  const was = fieldsOf(before)
  const is = fieldsOf(after)
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !quiet.has(name))
  return names.flatMap((name) => {
    const textOf = name === 'value' ? valueCell : cell
    const [old, now] = [textOf(was[name]), textOf(is[name])]
    if (old === now) return []
    return [
      ...(was[name] === undefined ? [] : [paint.red(`  - ${name}: ${old}`)]),
      ...(is[name] === undefined ? [] : [paint.green(`  + ${name}: ${now}`)]),
    ]
  })
}
