// A refusal as a value, and the one error that carries it where a promise must reject. Knows nothing of HTTP.
import type { Json } from '../values/json-value.ts'
import { type Category, type Code, codes } from './codes.ts'

/** One thing that is wrong, among several; `index` counts changes, `pointer` is an RFC 6901 pointer into what was sent. */
export interface Issue {
  readonly code: Code
  readonly detail: string
  readonly index?: number
  readonly pointer?: string
}

export interface Failure {
  readonly code: Code
  readonly category: Category
  /** For people. Never holds a secret or raw input. */
  readonly detail: string
  /** For programs. */
  readonly data: { readonly [name: string]: Json }
  readonly errors?: readonly Issue[]
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** `{count:is|are}`: which of the two it is depends on a number. */
const choice = /\{(\w+):([^|}]*)\|([^|}]*)\}/g

/** A sentence as it reads before anything is filled in: of many. */
export const openSentence = (code: Code): string => codes[code].sentence.replace(choice, '$3')

const fill = (sentence: string, data: Failure['data']): string =>
  sentence
    .replace(choice, (_, name: string, one: string, many: string) => (data[name] === 1 ? one : many))
    .replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = data[name]
      return value === undefined
        ? hole
        : Array.isArray(value)
          ? value.join(', ')
          : typeof value === 'string'
            ? value
            : JSON.stringify(value)
    })

/** Makes the failure of a code; every hole of its sentence must be in `data`. */
export const failure = (code: Code, data: Failure['data'] = {}, errors?: readonly Issue[]): Failure => {
  const { category, sentence } = codes[code]
  const base = { code, category, detail: fill(sentence, data), data }
  return errors === undefined ? base : { ...base, errors }
}

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (
  code: Code,
  data: Failure['data'] = {},
  errors?: readonly Issue[],
): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: failure(code, data, errors),
})

/** What use cases throw: a failure on its way to the edge that maps it (HTTP status, exit code). */
export class KonfigError extends Error {
  readonly failure: Failure
  constructor(reason: Failure, options?: ErrorOptions) {
    super(reason.detail, options)
    this.name = 'KonfigError'
    this.failure = reason
  }
}
