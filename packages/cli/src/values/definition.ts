// The definition of a key as the server has it: its type decides what a typed text means. Reads, never writes.
import { pathOf } from '../http/client.ts'
import { isCommandError, refuse, usage } from '../problem/problem.ts'
import { typedValue } from '../catalogue/field.ts'
import { nearest } from '../problem/suggest.ts'
import type { Deps } from '../verb.ts'
import { keysOf } from './hint.ts'
import type { Key } from './place.ts'

export interface Definition {
  readonly type: string
  readonly definedBy: string
  readonly value?: unknown
  readonly version: number
  readonly validation?: { readonly options?: readonly unknown[] }
}

export const configPath = ({ namespace, key }: Key): string => pathOf`/namespaces/${namespace}/configs/${key}`

/** Undefined where there is no such thing; other failures are thrown. */
export const readDefinition = async (
  key: Key,
  environment: string | undefined,
  deps: Deps,
): Promise<Definition | undefined> => {
  try {
    return (await deps.client.ask({ path: configPath(key), query: { environment } })).body as Definition
  } catch (reason) {
    if (!isCommandError(reason) || reason.problem.outcome !== 'not_found') throw reason
    const { kind } = reason.problem.data ?? {}
    if (kind === 'config' || kind === 'override') return undefined
    throw reason
  }
}

export const types = ['string', 'number', 'boolean', 'select', 'json'] as const

/** Refuses, with a key nearby or how to make this one. */
export const absent = async ({ namespace, key }: Key, deps: Pick<Deps, 'client'>): Promise<never> => {
  const near = nearest(key, await keysOf(deps, namespace))
  const make = `To make it, say what type it has: \`konfig set ${namespace}/${key} VALUE --type ${types.join('|')}\`.`
  return refuse({
    code: 'resource_not_found',
    outcome: 'not_found',
    detail: `There is no config named ${namespace}/${key}.`,
    next: near === undefined ? make : `Did you mean ${namespace}/${near}? ${make}`,
  })
}

const asOption = (text: string, options: readonly unknown[]): unknown =>
  options.includes(text)
    ? text
    : (options.find((option) => typeof option === 'number' && String(option) === text) ?? text)

/** What was typed, as the key's type has it; `as` forces a type. */
export const valueFrom = (
  text: string,
  { type, validation }: Pick<Definition, 'type' | 'validation'>,
  as: string | undefined,
): unknown => {
  const wanted = as ?? type
  if (wanted === 'select') return asOption(text, validation?.options ?? [])
  const trimmed = wanted === 'string' ? text : text.trim()
  try {
    return typedValue(trimmed, wanted)
  } catch (reason) {
    if (!isCommandError(reason)) throw reason
    const example = { number: '30', boolean: 'true or false', json: '\'{"a":1}\' (quoted for the shell)' }[wanted]
    return usage(
      `The value is no ${wanted}${as === undefined ? ', which is the type of the key' : ''}.`,
      `Such as ${example ?? 'text'}.`,
    )
  }
}
