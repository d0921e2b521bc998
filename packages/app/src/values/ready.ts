// From the text of an answer to its bytes and its tag. Owns the form in which answers are kept.
import { hash } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'
import type { ReadyAnswer } from './face.ts'

/** Above it a Buffer is sent faster than a string. */
const largestString = 8192
export const largestAnswerBytes = 32 * 2 ** 20

export const answerTooLarge = (): KonfigError =>
  new KonfigError(failure('too_large', { what: 'The answer', limit: '32 MiB: ask for one namespace or key' }))

/** Throws `too_large`. */
export const ready = (bytes: Buffer): ReadyAnswer => {
  if (bytes.length > largestAnswerBytes) throw answerTooLarge()
  // Made in one piece: a text that is glued together would be glued again by whoever sends it first.
  const etag = Buffer.from(`"${hash('sha256', bytes, 'base64url').slice(0, 27)}"`, 'latin1').toString('latin1')
  return { etag, body: bytes.length <= largestString ? bytes.toString('latin1') : bytes, length: bytes.length }
}

export const bytesOf = ({ body }: ReadyAnswer): Buffer =>
  typeof body === 'string' ? Buffer.from(body, 'latin1') : body
