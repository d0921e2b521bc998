// One of two nodes on a journal, spoken to by lines: writes, says when it saw a revision, and sends a word over the wake-up channel and back.
// Usage: nodes-child.ts JOURNAL CHANNEL, where the channel is `workers`, `notify` or the URL of a Redis.
import { createInterface } from 'node:readline'
import { openApp } from '@konfig/app'
import { type Channel, type Journal, localMasterKey, openListeners, type Records } from '@konfig/journal'
import { openDynamodb } from '@konfig/journal-dynamodb'
import { openMongodb } from '@konfig/journal-mongodb'
import { openMysql } from '@konfig/journal-mysql'
import { openPostgres } from '@konfig/journal-postgres'
import { openSqlite } from '@konfig/journal-sqlite'
import { openRedis } from '@konfig/nodes-redis'
import pg from 'pg'
import { joinWorkers } from '../../packages/server/src/workers/worker.ts'
import { masterKey, ports } from '../../tests/harness/installation.ts'

const [place = '', by = ''] = process.argv.slice(2)

const openers = [
  [/^postgres:/, openPostgres],
  [/^mysql:/, openMysql],
  [/^mongodb:/, openMongodb],
  [/^dynamodb:/, openDynamodb],
] as const

const openJournal = (): Promise<{ readonly journal: Journal; readonly records: Records }> => {
  const [, open] = openers.find(([scheme]) => scheme.test(place)) ?? []
  return open === undefined
    ? openSqlite({ path: place, clock: ports })
    : open({ url: place, migrateUrl: undefined, clock: ports })
}

/** What PostgreSQL's own wake-ups take, beside the journal, which keeps its connection to itself. */
const overNotify = async (): Promise<Channel> => {
  const client = new pg.Client({ connectionString: place })
  await client.connect()
  const listeners = openListeners()
  client.on('notification', ({ channel, payload = '' }) => {
    if (!payload.startsWith(`${process.pid} `)) listeners.tell(channel, payload.slice(payload.indexOf(' ') + 1))
  })
  return {
    send: (topic, text) => void client.query('SELECT pg_notify($1, $2)', [topic, `${process.pid} ${text}`]),
    listen: (topic, listener) => {
      void client.query(`LISTEN ${topic}`)
      return listeners.add(topic, listener)
    },
    close: () => client.end(),
  }
}

const openChannel = async (): Promise<Channel> => {
  if (by === 'notify') return overNotify()
  const worker = joinWorkers()
  if (by === 'workers' && worker !== undefined) return worker.channel
  return openRedis({ url: by, away: (word) => process.stderr.write(`Redis: ${word}\n`), there: () => undefined })
    .channel
}

const channel = await openChannel()
const { journal, records } = await openJournal()
const { app } = await openApp({
  journal,
  records,
  master: localMasterKey(masterKey),
  ports,
  options: { registration: 'closed', apiKeyCost: 4, accessTokenSeconds: 900, refreshTokenDays: 30 },
  stateBytes: 1e9,
  pastBytes: 1e8,
  channel: by === 'notify' ? undefined : channel,
  onError: (reason) => void process.stderr.write(`${String(reason)}\n`),
})

/** Of the machine: the same in both processes. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6

const seen: { revision: number; readonly at: number }[] = []
const waiting = new Set<() => void>()
app.logs.onMove((log) => {
  if (log !== app.platform.log) return
  seen.push({ revision: app.platform.state().revision, at: now() })
  for (const look of waiting) look()
})
const sawAt = (revision: number): Promise<number> =>
  new Promise((resolve) => {
    const look = (): void => {
      const found = seen.find((each) => each.revision >= revision)
      if (found === undefined) return
      waiting.delete(look)
      resolve(found.at)
    }
    waiting.add(look)
    look()
  })

const write = async (): Promise<unknown> => {
  const { commit } = await app.platform.write({
    actor: 'system',
    origin: { type: 'bootstrap' },
    decide: () => ({ ok: true, value: { changes: [], note: { type: 'benchmark' }, platform: 0, answer: undefined } }),
  })
  return { revision: commit?.revision ?? 0, at: now() }
}

channel.listen('ping', (text) => channel.send('pong', text))
const ping = (): Promise<number> =>
  new Promise((resolve) => {
    const began = now()
    const stop = channel.listen('pong', () => {
      stop()
      resolve(now() - began)
    })
    channel.send('ping', 'word')
  })

const say = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer)}\n`)
createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, value] = line.split(' ')
  if (word === 'write') void write().then(say)
  if (word === 'ping') void ping().then(say)
  if (word === 'seen') void sawAt(Number(value)).then(say)
  if (word === 'end') process.exit(0)
})
say('ready')
