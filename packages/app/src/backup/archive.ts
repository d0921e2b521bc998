// Entries as the parts of a sealed archive, and back. Owns how they are packed; sealing is the journal's, files are the caller's.
import { failure, KonfigError } from '@konfig/core'
import { type MasterFor, type MasterKey, openArchive, sealArchive, type Stretching } from '@konfig/journal'
import type { Entry } from './entry.ts'

/** Small entries share a part up to about this many characters. */
const partSize = 1024 * 1024

async function* pack(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  let lines: string[] = []
  let size = 0
  for await (const entry of entries) {
    const line = JSON.stringify(entry)
    lines.push(line)
    size += line.length
    if (size < partSize) continue
    yield Buffer.from(lines.join('\n'))
    lines = []
    size = 0
  }
  if (lines.length > 0) yield Buffer.from(lines.join('\n'))
}

async function* unpack(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  for await (const part of parts)
    for (const line of Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString().split('\n')) {
      // What was authenticated is what this program wrote.
      const entry = JSON.parse(line) as Entry
      if (!['installation', 'log', 'commits', 'record', 'end'].includes(entry.type))
        throw new KonfigError(failure('archive_unreadable', { reason: 'a newer version of Konfig wrote it' }))
      yield entry
    }
}

export const writeArchive = (
  master: MasterKey,
  entries: AsyncIterable<Entry>,
  stretching?: Stretching,
): AsyncIterable<Uint8Array> => sealArchive(master, pack(entries), stretching)

/** Throws `archive_unreadable`, `key_wrong`. */
export const readArchive = (bytes: AsyncIterable<Uint8Array>, masterFor: MasterFor): AsyncIterable<Entry> =>
  unpack(openArchive(bytes, masterFor))
