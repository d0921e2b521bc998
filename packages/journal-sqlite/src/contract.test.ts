// The SQLite adapters against both contract suites. Frozen by another writer who holds the lock; cut by killing the thread with its answer in hand.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Millis } from '@konfig/core'
import type { Clock } from '@konfig/journal'
import { journalContract, recordsContract } from '@konfig/journal/contract'
import { afterAll } from 'vitest'
import { type StartThread, startThread } from './client.ts'
import { openSqlite } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
let path = ''
let thief: 'away' | 'waiting' | 'done' = 'away'
const writes = ['append', 'putRecord', 'deleteRecord']

const robbed: StartThread = (start, { onMessage, onGone }) => {
  let loot: number | undefined
  const thread = startThread(start, {
    onGone,
    onMessage: (message) => {
      if (message.type !== 'answers' || !message.answers.some(({ id }) => id === loot)) return onMessage(message)
      thread.kill()
    },
  })
  return {
    kill: thread.kill,
    post: (requests, transfer) => {
      const write = requests.find(({ operation }) => writes.includes(operation))
      if (thief === 'waiting' && write !== undefined) {
        loot = write.id
        thief = 'done'
      }
      thread.post(requests, transfer)
    },
  }
}

const levers = {
  reset: async () => {
    files += 1
    path = join(folder, `${files}.db`)
    thief = 'away'
  },
  freeze: async () => {
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    return async () => {
      other.exec('ROLLBACK')
      other.close()
    }
  },
  cut: async () => {
    thief = 'waiting'
    return () => thief === 'done'
  },
}

const open = (clock: Clock, patience: Millis) => openSqlite({ path, clock, patience, start: robbed })

journalContract('sqlite', { ...levers, open: async (patience) => (await open({ now: Date.now }, patience)).journal })
recordsContract('sqlite', { ...levers, open: async (clock, patience) => (await open(clock, patience)).records })
