// Seals a batch of commits for exactly one place in one log, and opens it only there.
//
//   payload = header (header.ts) | salt 32 | nonce 12 | commitment 32 | ciphertext | tag 16
//   plaintext = JSON array of the commits, zstd where the header says so; the header is the additional data
//   chain hash = sha256(previous chain hash | payload): over ciphertext, so it verifies without the key
import { createHash } from 'node:crypto'
import { type Commit, failure, KonfigError, type Revision } from '@konfig/core'
import type { Batch } from '../journal.ts'
import { pack, unpack } from './compress.ts'
import { corrupt } from './corrupt.ts'
import { open, seal } from './envelope.ts'
import type { ChainHash, KeyRing, LogHead } from './face.ts'
import { type BatchHeader, readHeader, writeHeader } from './header.ts'
import { plainOf } from './plain.ts'

/** What stands before the first batch. */
export const emptyHead: LogHead = { revision: 0, hash: new Uint8Array(32) }

/** A commit beyond this is refused, so that opening one is bounded too. */
const maxPlain = 256 * 1024 * 1024

export const chain = (previous: ChainHash, payload: Uint8Array): ChainHash =>
  new Uint8Array(createHash('sha256').update(previous).update(payload).digest())

/** The batch that holds these commits right behind `head`. Sealing twice gives different bytes: keep them for a repeat. */
export const sealBatch = async (ring: KeyRing, head: LogHead, commits: readonly Commit[]): Promise<Batch> => {
  const first = head.revision + 1
  const last = head.revision + commits.length
  const key = ring.keys[ring.keys.length - 1] ?? ring.keys[0]
  const plain = await plainOf(commits)
  if (plain.byteLength > maxPlain) throw new KonfigError(failure('too_large', { what: 'A commit', limit: '256 MiB' }))
  const packed = await pack(plain)
  const header = writeHeader({
    compressed: packed.compressed,
    plainSize: plain.byteLength,
    keyVersion: key.version,
    first,
    last,
    previous: head.hash,
    log: ring.log,
  })
  return { log: ring.log, first, last, payload: Buffer.concat([header, seal(key.key, 'batch', header, packed.bytes)]) }
}

/** Checks without any key that a batch is in its place and continues `previous`; answers where the log stands behind it. */
export const follow = (
  batch: Batch,
  previous: ChainHash | undefined,
): { readonly head: LogHead; readonly header: BatchHeader; readonly size: number } => {
  const { log, first, last, payload } = batch
  const read = readHeader(payload)
  if (read === undefined) throw corrupt(log, first, 'it is no sealed batch of a format known here')
  const { header, size } = read
  if (header.log !== log || header.first !== first || header.last !== last)
    throw corrupt(log, first, 'it was sealed for another place, or its front was changed')
  if (previous !== undefined && Buffer.compare(header.previous, previous) !== 0)
    throw corrupt(log, first, 'it does not continue the batch before it')
  return { head: { revision: last, hash: chain(header.previous, payload) }, header, size }
}

const isCommits = (value: unknown, first: Revision, last: Revision): value is readonly Commit[] =>
  Array.isArray(value) &&
  value.length === last - first + 1 &&
  value.every((commit: { readonly revision?: unknown } | null, index) => commit?.revision === first + index)

/** What a batch holds, and where the log stands behind it. Throws `journal_corrupt` with the reason. */
export const openBatch = (
  ring: KeyRing,
  batch: Batch,
  previous: ChainHash | undefined,
): { readonly commits: readonly Commit[]; readonly head: LogHead } => {
  const { log, first, last, payload } = batch
  const { head, header, size } = follow(batch, previous)
  const key = ring.keys.find(({ version }) => version === header.keyVersion)
  if (key === undefined) throw corrupt(log, first, `its key version ${header.keyVersion} is not in the key ring`)
  const opened = open(key.key, 'batch', payload.subarray(0, size), payload.subarray(size))
  if ('refused' in opened) throw corrupt(log, first, refusals[opened.refused])
  if (header.plainSize > maxPlain) throw corrupt(log, first, 'it is larger than any commit may be')
  const plain = unpack({ compressed: header.compressed, bytes: opened.plain }, header.plainSize)
  const commits = plain === undefined ? undefined : parse(plain)
  if (!isCommits(commits, first, last)) throw corrupt(log, first, 'what it holds are not its commits')
  return { commits, head }
}

const refusals = {
  key: 'it was sealed under another key, or its first bytes were changed',
  bytes: 'its sealed bytes were altered',
} as const

const parse = (plain: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString())
  } catch {
    return undefined
  }
}

/** The version of the key that a batch was sealed with; undefined where that cannot be read. */
export const keyVersionOf = (batch: Batch): number | undefined => readHeader(batch.payload)?.header.keyVersion
