// Fields that the server names by a pointer into the request, as the flags and arguments that they were typed as. Pure.
import { CommandError, isCommandError } from '../problem/problem.ts'
import { flagName } from './field.ts'
import type { CatalogueEntry } from './shape.ts'

/** `/roles/0`, `/spec/role`, `/metadata/name`, `/path/revision` at the begin of a sentence, or in the midst of one. */
const pointers = /(?<![\w.=/-])\/(?:(?:spec|metadata|path|query|body)\/)?(\w+)(?:\/\d+)?(?=[\s:,]|\.?$)/g

type Typed = Pick<CatalogueEntry, 'operands' | 'query' | 'body'>

export const asTyped = (text: string, { operands, query, body = [] }: Typed): string =>
  text.replace(pointers, (whole, name: string) => {
    const operand = operands.find(({ into }) => into.some((each) => each.name === name))
    if (operand !== undefined) return operand.name
    return [...query, ...body].some((field) => field.name === name) ? `--${flagName(name)}` : whole
  })

const inError = (error: unknown, entry: Typed): unknown => {
  if (typeof error !== 'object' || error === null) return error
  const text = (field: 'detail' | 'pointer'): object => {
    const { [field]: found } = error as { readonly detail?: unknown; readonly pointer?: unknown }
    return typeof found === 'string' ? { [field]: asTyped(found, entry) } : {}
  }
  return { ...error, ...text('detail'), ...text('pointer') }
}

/** The same failure in the words of the command line; for programs its data stay as they are. */
export const inWordsOf = (entry: Typed, reason: unknown): unknown => {
  if (!isCommandError(reason)) return reason
  const { problem } = reason
  const { detail, errors } = problem
  return new CommandError(
    {
      ...problem,
      detail: asTyped(detail, entry),
      ...(errors === undefined ? {} : { errors: errors.map((error) => inError(error, entry)) }),
    },
    { cause: reason },
  )
}
