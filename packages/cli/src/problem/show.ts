// How a problem is told: a line and a next step for people, one JSON object for programs. Owns the form, not where it goes.
import { plain } from '../output/plain.ts'
import type { Paint } from '../output/paint.ts'
import type { Problem } from './problem.ts'

const field = (value: unknown, name: string): string | undefined => {
  const found =
    typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown })[name] : undefined
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined
}

/** Beyond so many single errors the rest is counted only. */
const mostErrors = 20

const single = (error: unknown): string => {
  const index = field(error, 'index')
  const pointer = field(error, 'pointer')
  const detail = field(error, 'detail') ?? field(error, 'code') ?? 'is refused'
  const where = [
    ...(index === undefined ? [] : [`change ${index}`]),
    ...(pointer === undefined || pointer === '' ? [] : [pointer]),
  ]
  return `  - ${where.length === 0 ? '' : `${where.join(' ')}: `}${detail}`
}

/** A single error that says the same again, or what the sentence holds already, is not said twice. */
const worthSaying = ({ detail, errors = [] }: Problem): readonly unknown[] =>
  errors.length === 1 && detail.includes(field(errors[0], 'detail') ?? '\n') ? [] : errors

export const problemText = (problem: Problem, paint: Paint): string => {
  const { detail, next, requestId, outcome } = problem
  const errors = worthSaying(problem)
  return [
    `${paint.red('error:')} ${plain(detail)}`,
    ...errors.slice(0, mostErrors).map((error) => plain(single(error))),
    ...(errors.length > mostErrors ? [`  … and ${errors.length - mostErrors} more`] : []),
    ...(next === undefined ? [] : [`${paint.dim('next:')}  ${plain(next)}`]),
    ...(outcome === 'bug' && requestId !== undefined ? [`${paint.dim('request:')} ${plain(requestId)}`] : []),
  ].join('\n')
}

/** The members of RFC 9457 that we have, and `next`. */
export const problemJson = ({ code, outcome, detail, status, data, errors, requestId, next }: Problem): string =>
  JSON.stringify({
    type: `/docs/problems#${code}`,
    status,
    detail,
    code,
    category: outcome,
    data,
    errors,
    requestId,
    next,
  })
