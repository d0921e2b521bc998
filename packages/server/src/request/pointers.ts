// Where a refusal points to. Rules speak of manifests (/spec, /metadata); whoever sent one resource's own fields is told of those.
import type { Operation } from '@konfig/api'
import { codes, type Failure, type Issue } from '@konfig/core'

type Sent = Pick<Operation, 'path' | 'query' | 'body' | 'refuses'>

const fieldsOf = (schema: Sent['body']): readonly string[] => Object.keys(schema?.['properties' as never] ?? {})

/** A resource's name and place may be in the body, in the query or in the path: there the last parameter names it, the first its namespace. */
const placed = (field: string, { path, query, body }: Sent): string => {
  const sent = fieldsOf(body)
  const inBody =
    field === 'name' ? sent.find((name) => name === 'name' || name === 'key') : sent.find((name) => name === field)
  if (inBody !== undefined) return `/${inBody}`
  if (fieldsOf(query).includes(field)) return `/query/${field}`
  const parameters = fieldsOf(path)
  const parameter = field === 'name' ? parameters.at(-1) : field === 'namespace' ? parameters[0] : undefined
  return parameter === undefined ? `/${field}` : `/path/${parameter}`
}

const pointerFor = (pointer: string, sent: Sent): string => {
  const [, part, field = '', ...rest] = pointer.split('/')
  if (field === '' || (part !== 'spec' && part !== 'metadata')) return pointer
  return [part === 'spec' ? `/${field}` : placed(field, sent), ...rest].join('/')
}

/** Sentences that name the pointer themselves; in others the same text would be a part of a value. */
const namesPointer = (code: Issue['code']): boolean =>
  code === 'definition_invalid' || codes[code].sentence.includes('{pointer}')

const told = <T extends { readonly code: Issue['code']; readonly detail: string }>(
  issue: T,
  pointer: string,
  now: string,
): T => (namesPointer(issue.code) ? { ...issue, detail: issue.detail.replace(pointer, () => now) } : issue)

/** Routes that take lists, files or scopes ask for `ifRevision`, and are told in terms of manifests. */
export const inTermsOf = (operation: Sent, reason: Failure): Failure => {
  if (operation.refuses.includes('revision_moved')) return reason
  const { pointer, rule } = reason.data
  const errors = reason.errors?.map((found) => {
    const { index: _, ...issue } = found
    if (issue.pointer === undefined) return issue
    const now = pointerFor(issue.pointer, operation)
    return { ...told(issue, issue.pointer, now), pointer: now }
  })
  const list = errors === undefined ? {} : { errors }
  if (typeof pointer !== 'string') return { ...reason, ...list }
  const now = pointerFor(pointer, operation)
  const said = typeof rule === 'string' && namesPointer(reason.code) ? { rule: rule.replace(pointer, () => now) } : {}
  return { ...told(reason, pointer, now), data: { ...reason.data, pointer: now, ...said }, ...list }
}
