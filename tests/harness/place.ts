// Where a world lies: in memory, in a file of SQLite, in a database of PostgreSQL, MySQL or MariaDB or on the MongoDB wire, or in a table of DynamoDB. Owns opening, copying and looking at the heads; knows nothing of what lies there.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock, Journal, Records } from '@konfig/journal'
import { createMemoryStore, type MemoryStore, openMemory } from '@konfig/journal/memory'
import { openDynamodb } from '@konfig/journal-dynamodb'
import { openMongodb } from '@konfig/journal-mongodb'
import { openMysql } from '@konfig/journal-mysql'
import { openPostgres } from '@konfig/journal-postgres'
import { openSqlite } from '@konfig/journal-sqlite'
import { askSync, borrowTable, copyTable, type DynamodbTable } from '../servers/dynamodb.ts'
import { borrowDatabase as borrowMongodb, type MongodbDatabase } from '../servers/ferretdb.ts'
import { borrowDatabase as borrowMysql, type MysqlDatabase, querySync as queryMysqlSync } from '../servers/mysql.ts'
import { borrowDatabase, type PostgresDatabase, querySync } from '../servers/postgres.ts'

const all = ['memory', 'sqlite', 'postgres', 'mariadb', 'mysql', 'mongodb', 'dynamodb'] as const
export type Backend = (typeof all)[number]

/** Those that the suites run on: what an installation can be on, or the ones that KONFIG_TEST_BACKENDS names, parted by spaces. */
export const backends: readonly Backend[] = all.filter((backend) =>
  (process.env['KONFIG_TEST_BACKENDS'] ?? 'sqlite postgres').split(/[\s,]+/).includes(backend),
)
/** Those of them that several processes can share. */
export const sharedBackends: readonly Backend[] = backends.filter((backend) => backend !== 'memory')

export interface Place {
  /** How a process finds it; a place in memory is nothing to find. */
  readonly options: { readonly [variable: `KONFIG_${string}`]: string }
  readonly open: (clock: Clock) => Promise<{ readonly journal: Journal; readonly records: Records }>
  /** A place of its own with the same content; only while nobody has this one open. */
  readonly copy: () => Promise<Place>
  readonly heads: () => { readonly [log: string]: number }
  /** Changes a byte of what is stored of a batch, behind everybody's back. */
  readonly damage: (log: string, first: number) => void
  readonly remove: () => Promise<void>
}

/** Bytes are shared between clones: neither the store nor its readers ever write into them. */
const clone = (store: MemoryStore): MemoryStore => ({
  id: store.id,
  listeners: new Set(),
  sequence: store.sequence,
  logs: new Map(
    [...store.logs].map(([log, kept]) => [
      log,
      { ...kept, batches: [...kept.batches], snapshots: new Map(kept.snapshots) },
    ]),
  ),
  records: new Map([...store.records].map(([collection, rows]) => [collection, new Map(rows)])),
})

const flipped = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  copy[copy.length - 5] = (copy[copy.length - 5] ?? 0) ^ 1
  return copy
}

/** A database of which one role owns the tables and another works with them. */
const optionsOf = ({ url, migrateUrl }: { readonly url: string; readonly migrateUrl: string }): Place['options'] => ({
  KONFIG_JOURNAL: url,
  KONFIG_JOURNAL_MIGRATE: migrateUrl,
})

const inMemory = (store: MemoryStore): Place => ({
  options: {},
  open: async (clock) => openMemory({ clock, store }),
  copy: async () => inMemory(clone(store)),
  heads: () => Object.fromEntries([...store.logs].map(([log, { batches }]) => [log, batches.at(-1)?.last ?? 0])),
  damage: (log, first) => {
    const { batches = [] } = store.logs.get(log) ?? {}
    const at = batches.findIndex((batch) => batch.first === first)
    const batch = batches[at]
    if (batch !== undefined) batches[at] = { ...batch, payload: flipped(batch.payload) }
  },
  remove: async () => undefined,
})

const inFile = (from?: string): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-world-'))
  const file = join(folder, 'konfig.db')
  if (from !== undefined) copyFileSync(from, file)
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    options: { KONFIG_JOURNAL: `sqlite:${file}` },
    open: (clock) => openSqlite({ path: file, clock }),
    copy: async () => inFile(file),
    heads: () => {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
      const rows = database.prepare('SELECT log, max(last) AS head FROM batches GROUP BY log').all() as unknown as {
        log: string
        head: number
      }[]
      database.close()
      return Object.fromEntries(rows.map(({ log, head }) => [log, Math.max(0, head)]))
    },
    damage: (log, first) => {
      const database = new DatabaseSync(file, { timeout: 5000 })
      const row = database.prepare('SELECT payload FROM batches WHERE log = ? AND first = ?').get(log, first) as {
        payload: Uint8Array
      }
      database
        .prepare('UPDATE batches SET payload = ? WHERE log = ? AND first = ?')
        .run(flipped(row.payload), log, first)
      database.close()
    },
    remove: async () => {
      process.removeListener('exit', remove)
      remove()
    },
  }
}

const inPostgres = (database: PostgresDatabase): Place => ({
  options: optionsOf(database),
  open: (clock) => openPostgres({ url: database.url, migrateUrl: database.migrateUrl, clock }),
  copy: async () => inPostgres(await database.copy()),
  heads: () =>
    Object.fromEntries(
      querySync(database.superUrl, 'SELECT log, greatest(max(last), 0) FROM konfig.batches GROUP BY log').map((row) => {
        const [log = '', head] = row.split('|')
        return [log, Number(head)]
      }),
    ),
  damage: (log, first) => {
    querySync(
      database.superUrl,
      `UPDATE konfig.payloads SET payload = set_byte(payload, length(payload) - 5, get_byte(payload, length(payload) - 5) # 1)
       WHERE log = '${log}' AND first = ${first}`,
    )
  },
  remove: database.drop,
})

const inMysql = (database: MysqlDatabase): Place => ({
  options: optionsOf(database),
  open: (clock) => openMysql({ url: database.url, migrateUrl: database.migrateUrl, clock }),
  copy: async () => inMysql(await database.copy()),
  heads: () =>
    Object.fromEntries(
      queryMysqlSync(database.superUrl, 'SELECT log, GREATEST(MAX(last), 0) FROM konfig_batches GROUP BY log').map(
        (row) => {
          const [log = '', head] = row.split('\t')
          return [log, Number(head)]
        },
      ),
    ),
  damage: (log, first) => {
    const byte = 'ASCII(SUBSTRING(payload, LENGTH(payload) - 4, 1))'
    queryMysqlSync(
      database.superUrl,
      `UPDATE konfig_batches SET payload = INSERT(payload, LENGTH(payload) - 4, 1, UNHEX(LPAD(HEX(${byte} ^ 1), 2, '0')))
       WHERE log = '${log}' AND first = ${first}`,
    )
  },
  remove: database.drop,
})

interface Stored {
  readonly p: { readonly S: string }
  readonly last?: { readonly N: string }
  readonly payload?: { readonly B: string }
}
interface StoredPage {
  readonly Items: readonly Stored[]
  readonly LastEvaluatedKey?: object
}

/** Every batch of every log, without its bytes. */
const batchesIn = ({ server, name }: DynamodbTable): readonly Stored[] => {
  const all: Stored[] = []
  for (let from: object | undefined = {}; from !== undefined; ) {
    const page: StoredPage = askSync<StoredPage>(server, 'Scan', {
      TableName: name,
      FilterExpression: 'begins_with(p, :log)',
      ExpressionAttributeValues: { ':log': { S: 'log/' } },
      ExpressionAttributeNames: { '#last': 'last' },
      ProjectionExpression: 'p, #last',
      ...from,
    })
    all.push(...page.Items)
    from = page.LastEvaluatedKey && { ExclusiveStartKey: page.LastEvaluatedKey }
  }
  return all
}

const inDynamodb = (table: DynamodbTable): Place => ({
  options: { KONFIG_JOURNAL: table.url },
  open: (clock) => openDynamodb({ url: table.url, clock }),
  copy: async () => {
    const copy = await borrowTable()
    const { journal } = await openDynamodb({ url: copy.url, clock: { now: Date.now } })
    await journal.close()
    await copyTable(table, copy)
    return inDynamodb(copy)
  },
  heads: () => {
    const heads: Record<string, number> = {}
    for (const { p, last } of batchesIn(table)) {
      const log = p.S.slice('log/'.length)
      heads[log] = Math.max(heads[log] ?? 0, Number(last?.N))
    }
    return heads
  },
  damage: (log, first) => {
    const Key = { p: { S: `log/${log}` }, s: { S: String(first).padStart(16, '0') } }
    const { Item } = askSync<{ readonly Item: Stored }>(table.server, 'GetItem', { TableName: table.name, Key })
    const payload = Buffer.from(flipped(Buffer.from(Item.payload?.B ?? '', 'base64'))).toString('base64')
    askSync(table.server, 'PutItem', { TableName: table.name, Item: { ...Item, payload: { B: payload } } })
  },
  remove: table.drop,
})

const inMongodb = (database: MongodbDatabase): Place => ({
  options: { KONFIG_JOURNAL: database.url },
  open: (clock) => openMongodb({ url: database.url, clock }),
  copy: async () => inMongodb(await database.copy()),
  heads: () =>
    Object.fromEntries(
      database
        .rowsSync(
          'konfig_batches',
          (
            table,
          ) => `SELECT _jsonb->>'log', CASE WHEN bool_or(_jsonb->>'standing' = 'gravestone') THEN 0 ELSE max((_jsonb->>'last')::numeric) END
            FROM ${table} WHERE _jsonb ? 'log' GROUP BY 1`,
        )
        .map((row) => {
          const [log = '', head] = row.split('|')
          return [log, Number(head)]
        }),
    ),
  damage: (log, first) => {
    const bytes = "decode(_jsonb->>'payload', 'base64')"
    const flip = `set_byte(${bytes}, length(${bytes}) - 5, get_byte(${bytes}, length(${bytes}) - 5) # 1)`
    database.rowsSync(
      'konfig_batches',
      (
        table,
      ) => `UPDATE ${table} SET _jsonb = jsonb_set(_jsonb, '{payload}', to_jsonb(replace(encode(${flip}, 'base64'), E'\\n', '')))
        WHERE _jsonb->>'log' = '${log}' AND (_jsonb->>'first')::numeric = ${first} AND _jsonb->>'standing' = 'batch'`,
    )
  },
  remove: database.drop,
})

export const newPlace = async (backend: Backend): Promise<Place> => {
  if (backend === 'memory') return inMemory(createMemoryStore())
  if (backend === 'dynamodb') return inDynamodb(await borrowTable())
  if (backend === 'mariadb' || backend === 'mysql') return inMysql(await borrowMysql(backend))
  if (backend === 'mongodb') return inMongodb(await borrowMongodb())
  return backend === 'sqlite' ? inFile() : inPostgres(await borrowDatabase())
}
