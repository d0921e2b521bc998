// What a trim leaves in place of batches: where the chain stood, how much went and until when, signed by the installation. Clear, since it
// verifies without keys. Promise: every byte of it counts; one of another log, or that the installation did not sign, stands for nothing.
//
//   'KFC1' | revision 8 | chain hash 32 | JSON {until, trimmed, time, key, signature}
import { isObject, type Json, type LogId, type Millis, type Revision } from '@konfig/core'
import type { Batch } from '../journal.ts'
import type { ChainHash, Checkpoint } from './face.ts'
import { isSignedBy, type PublicKey, type Signing } from './signing.ts'

const magic = Buffer.from('KFC1')
const size = 44

export interface NewCheckpoint {
  readonly log: LogId
  readonly revision: Revision
  readonly hash: ChainHash
  readonly until: Millis
  readonly trimmed: number
  readonly time: Millis
}

const statementOf = ({ log, revision, hash, until, trimmed, time }: NewCheckpoint, key: string): string =>
  [
    'konfig checkpoint 1',
    `log ${log}`,
    `revision ${revision}`,
    `hash ${Buffer.from(hash).toString('hex')}`,
    `until ${until}`,
    `trimmed ${trimmed}`,
    `time ${time}`,
    `key ${key}`,
  ].join('\n')

const write = (given: Omit<NewCheckpoint, 'log'>, key: string, signature: Uint8Array): Uint8Array => {
  const revision = Buffer.allocUnsafe(8)
  revision.writeBigUInt64BE(BigInt(given.revision))
  const { until, trimmed, time } = given
  const rest = JSON.stringify({ until, trimmed, time, key, signature: Buffer.from(signature).toString('base64') })
  return Buffer.concat([magic, revision, given.hash, Buffer.from(rest)])
}

export const signCheckpoint = (signing: Signing, given: NewCheckpoint): Uint8Array =>
  write(given, signing.id, signing.sign(statementOf(given, signing.id)))

const isCount = (value: Json | undefined): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const parse = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Reads a checkpoint and believes it; undefined where the bytes are none. For copies of bytes, which prove nothing. */
export const readCheckpoint = (
  payload: Uint8Array,
): (Omit<Checkpoint, 'log'> & { readonly signature: Uint8Array }) | undefined => {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  if (bytes.length < size || magic.compare(bytes, 0, 4) !== 0) return undefined
  const rest = parse(bytes.toString('utf8', size))
  if (!isObject(rest)) return undefined
  const { until, trimmed, time, key, signature: text } = rest
  if (!isCount(until) || !isCount(trimmed) || !isCount(time)) return undefined
  if (typeof key !== 'string' || typeof text !== 'string') return undefined
  const signature = new Uint8Array(Buffer.from(text, 'base64'))
  const revision = Number(bytes.readBigUInt64BE(4))
  const hash = new Uint8Array(bytes.subarray(12, size))
  const found = { revision, hash, until, trimmed, time, key, signature }
  // One form for one checkpoint: no byte of it is without meaning.
  return Number.isSafeInteger(revision) && bytes.equals(write(found, key, signature)) ? found : undefined
}

/** A checkpoint that stands for what was trimmed, or why it does not. */
export const openCheckpoint = (
  batch: Batch,
  signedBy: PublicKey | undefined,
): Checkpoint | { readonly refused: string } => {
  const found = readCheckpoint(batch.payload)
  if (batch.first !== 1 || found?.revision !== batch.last)
    return { refused: 'its checkpoint does not stand for what was trimmed' }
  const { signature, ...rest } = found
  const checkpoint: Checkpoint = { log: batch.log, ...rest }
  if (signedBy === undefined) return { refused: 'nobody is known here who may have signed its checkpoint' }
  if (checkpoint.key !== signedBy.id)
    return { refused: 'its checkpoint was signed with another key than that of this installation' }
  if (!isSignedBy(signedBy, statementOf(checkpoint, checkpoint.key), signature))
    return { refused: 'its checkpoint was not signed by this installation, or not for this log' }
  return checkpoint
}
