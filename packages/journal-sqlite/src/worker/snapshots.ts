// Snapshots in SQLite: parts first, and whole only once all are there. What is superseded goes bit by bit, so that no commit waits long.
import type { Handlers } from '../protocol.ts'
import type { Store } from './schema.ts'

const day = 24 * 60 * 60 * 1000
const partsPerRead = 4
const partsPerTidy = 8

export const snapshotHandlers = ({
  database,
}: Store): Handlers<
  | 'startSnapshot'
  | 'addPart'
  | 'finishSnapshot'
  | 'retireSnapshots'
  | 'dropSnapshot'
  | 'tidySnapshots'
  | 'findSnapshot'
  | 'readParts'
> => {
  const start = database.prepare(
    "INSERT INTO snapshots (log, revision, state, parts, started) VALUES (?, ?, 'writing', 0, ?)",
  )
  const abandon = database.prepare("UPDATE snapshots SET state = 'gone' WHERE state = 'writing' AND started < ?")
  const add = database.prepare('INSERT INTO snapshot_parts (snapshot, position, bytes) VALUES (?, ?, ?)')
  const replace = database.prepare(`
    UPDATE snapshots SET state = 'gone' WHERE log = ?1 AND state = 'whole' AND revision = (SELECT revision FROM snapshots WHERE number = ?2)`)
  const finish = database.prepare(
    "UPDATE snapshots SET state = 'whole', parts = ? WHERE number = ? AND state = 'writing'",
  )
  const grave = database.prepare('SELECT 1 FROM batches WHERE log = ? AND first = 0')
  const whole = database.prepare("SELECT revision FROM snapshots WHERE log = ? AND state = 'whole'")
  const retire = database.prepare(
    "UPDATE snapshots SET state = 'gone' WHERE log = ? AND revision = ? AND state = 'whole'",
  )
  const drop = database.prepare("UPDATE snapshots SET state = 'gone' WHERE number = ?")
  const gone = database.prepare("SELECT number FROM snapshots WHERE state = 'gone' LIMIT 1")
  const cut = database.prepare(`
    DELETE FROM snapshot_parts WHERE rowid IN (SELECT rowid FROM snapshot_parts WHERE snapshot = ? LIMIT ${partsPerTidy})`)
  const remove = database.prepare('DELETE FROM snapshots WHERE number = ?')
  const find = database.prepare(`
    SELECT number AS snapshot, revision, parts FROM snapshots
    WHERE log = ? AND state = 'whole' AND revision <= ? ORDER BY revision DESC LIMIT 1`)
  const parts = database.prepare(
    `SELECT bytes FROM snapshot_parts WHERE snapshot = ? AND position >= ? ORDER BY position LIMIT ${partsPerRead}`,
  )

  return {
    startSnapshot: ({ log, revision, now }) => {
      abandon.run(now - day)
      return Number(start.run(log, revision, now).lastInsertRowid)
    },

    addPart: ({ snapshot, position, bytes }) => {
      add.run(snapshot, position, bytes)
      return undefined
    },

    finishSnapshot: ({ log, snapshot, parts: count }) => {
      if (grave.get(log) !== undefined) {
        drop.run(snapshot)
        return []
      }
      replace.run(log, snapshot)
      finish.run(count, snapshot)
      return (whole.all(log) as unknown as readonly { revision: number }[]).map(({ revision }) => revision)
    },

    retireSnapshots: ({ log, revisions }) => {
      for (const revision of revisions) retire.run(log, revision)
      return undefined
    },

    dropSnapshot: (snapshot) => {
      drop.run(snapshot)
      return undefined
    },

    tidySnapshots: () => {
      const row = gone.get() as { number: number } | undefined
      if (row === undefined) return false
      if (Number(cut.run(row.number).changes) < partsPerTidy) remove.run(row.number)
      return true
    },

    findSnapshot: ({ log, notAfter }) =>
      find.get(log, notAfter) as { snapshot: number; revision: number; parts: number } | undefined,

    readParts: ({ snapshot, from }) =>
      (parts.all(snapshot, from) as unknown as readonly { bytes: Uint8Array }[]).map(({ bytes }) => bytes),
  }
}
