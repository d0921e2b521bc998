// An installation in memory for the tests of sealing: real keys, real rings, a clock that stands still.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Commit, LogId } from '@konfig/core'
import type { Journal } from '../../journal.ts'
import { openMemory } from '../../memory/index.ts'
import type { Records } from '../../records.ts'
import type { KeyRing, KeyRings, SealedLog, SealedRecords } from '../face.ts'
import { openInstallation } from '../installation.ts'
import { openLog } from '../log.ts'
import { localMasterKey } from '../master.ts'
import { sealedRecords } from '../records.ts'
import { openKeyRings } from '../rings.ts'
import { type Signing, signingOf } from '../signing.ts'

export interface Opened {
  readonly journal: Journal
  readonly stored: Records
  readonly records: SealedRecords
  readonly rings: KeyRings
  readonly signing: Signing
  readonly log: (id: LogId) => Promise<SealedLog>
  readonly ring: (id: LogId) => Promise<KeyRing>
}

export const openForTest = async (): Promise<Opened> => {
  const clock = { now: () => Date.UTC(2030, 0, 1) }
  const { journal, records: stored } = openMemory({ clock })
  const installation = await openInstallation(stored, localMasterKey(randomBytes(32)))
  const records = sealedRecords(stored, installation)
  const rings = openKeyRings(records, installation, clock)
  return {
    journal,
    stored,
    records,
    rings,
    signing: signingOf(installation),
    ring: rings.create,
    log: async (id) => openLog(journal, rings, await rings.create(id)),
  }
}

export const commits = (first: number, count: number, message = 'a change'): readonly Commit[] =>
  Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    revision: first + index,
    time: 1,
    actor: 'system',
    origin: { type: 'api' },
    message,
    platform: 0,
    changes: [],
  }))
