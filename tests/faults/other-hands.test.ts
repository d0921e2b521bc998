// Bad days that are nobody's crash: data of a newer version, a master key of somebody else, tables that somebody altered. Each is told in words,
// by a process as people start it, and nothing is lost by it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'
import { ask } from '../harness/client.ts'
import { borrowDatabase as borrowMysql, query as queryMysql } from '../servers/mysql.ts'
import { borrowDatabase as borrowPostgres, query as queryPostgres } from '../servers/postgres.ts'
import { newNode, type Node, type Options } from './workload/node.ts'
import { environment, makeTenant, namespace } from './workload/tenant.ts'

interface Subject {
  readonly options: Options
  /** As somebody who may do anything. */
  readonly execute: (statement: string) => Promise<unknown>
  readonly statements: { readonly newer: string; readonly older: string; readonly alter: string; readonly mend: string }
  readonly drop: () => Promise<void>
}

const mysqlSubject = async (kind: 'mariadb' | 'mysql'): Promise<Subject> => {
  const database = await borrowMysql(kind)
  return {
    options: { KONFIG_JOURNAL: database.url, KONFIG_JOURNAL_MIGRATE: database.migrateUrl },
    execute: (statement) => queryMysql(database.superUrl, statement),
    statements: {
      newer: "INSERT INTO konfig_migrations VALUES ('0007-later')",
      older: "DELETE FROM konfig_migrations WHERE name = '0007-later'",
      alter: 'ALTER TABLE konfig_batches CHANGE COLUMN digest fingerprint VARBINARY(32) NOT NULL',
      mend: 'ALTER TABLE konfig_batches CHANGE COLUMN fingerprint digest VARBINARY(32) NOT NULL',
    },
    drop: database.drop,
  }
}

const subjects: { readonly [backend: string]: () => Promise<Subject> } = {
  sqlite: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-bad-days-'))
    const path = join(folder, 'konfig.db')
    return {
      options: { KONFIG_JOURNAL: `sqlite:${path}` },
      execute: async (statement) => {
        const database = new DatabaseSync(path, { timeout: 5000 })
        database.exec(statement)
        database.close()
      },
      statements: {
        newer: 'UPDATE format SET version = 7',
        older: 'UPDATE format SET version = 1',
        alter: 'ALTER TABLE batches RENAME COLUMN payload TO content',
        mend: 'ALTER TABLE batches RENAME COLUMN content TO payload',
      },
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
  postgres: async () => {
    const database = await borrowPostgres()
    return {
      options: { KONFIG_JOURNAL: database.url, KONFIG_JOURNAL_MIGRATE: database.migrateUrl },
      execute: (statement) => queryPostgres(database.superUrl, statement),
      statements: {
        newer: "INSERT INTO konfig.migrations VALUES ('0007-later', now()::text)",
        older: "DELETE FROM konfig.migrations WHERE name = '0007-later'",
        alter: 'ALTER TABLE konfig.batches RENAME COLUMN digest TO fingerprint',
        mend: 'ALTER TABLE konfig.batches RENAME COLUMN fingerprint TO digest',
      },
      drop: database.drop,
    }
  },
  mariadb: () => mysqlSubject('mariadb'),
  mysql: () => mysqlSubject('mysql'),
}

describe.each(Object.keys(subjects))('%s', (backend) => {
  let subject: Subject
  let node: Node
  let key = ''
  const children: Child[] = []
  const ends: string[] = []
  beforeAll(async () => {
    subject = (await subjects[backend]?.()) as Subject
    node = newNode('node', subject.options, {}, (what) => ends.push(what))
    await node.start()
    key = await makeTenant(node)
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await node.remove()
    await subject.drop()
  })

  /** A node that is not to come up: its exit code and what it says. */
  const refusal = async (more: Options = {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-bad-days-'))
    const child = startServer({
      KONFIG_DATA: folder,
      KONFIG_HOST: '127.0.0.1',
      KONFIG_PORT: '0',
      KONFIG_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
      ...subject.options,
      ...more,
    })
    children.push(child)
    const code = await child.ended
    rmSync(folder, { recursive: true, force: true })
    return { code, said: child.errors() }
  }
  const write = (value: string) =>
    ask(
      { url: node.life()?.url ?? '' },
      {
        method: 'PUT',
        path: `/namespaces/${namespace}/configs/greeting`,
        body: { type: 'string', value },
        credential: key,
      },
    )
  const read = () =>
    ask(
      { url: node.life()?.url ?? '' },
      { method: 'GET', path: `/values/${namespace}/greeting`, query: { environment }, credential: key },
    )
  const statements = () => subject.statements

  it('tells an old node that the data is of a newer version, and a node that runs goes on', async () => {
    expect((await write('before')).status).toBe(201)
    await subject.execute(statements().newer)
    const { code, said } = await refusal()
    expect([code, said.split('\n')[0]]).toEqual([
      1,
      'error: The journal has format 7, which a newer version of Konfig wrote; run that version.',
    ])
    expect(said).not.toContain('    at ')
    expect((await read()).json).toMatchObject({ value: 'before' })
    await subject.execute(statements().older)
    expect((await write('after')).status).toBe(200)
  })

  it('tells a node with another master key that it has another, and changes nothing for the first', async () => {
    const { code, said } = await refusal({ KONFIG_MASTER_KEY: Buffer.alloc(32, 8).toString('base64') })
    expect(code).toBe(1)
    expect(said).toMatch(
      /^error: The master key is not the one that this installation was made with; nothing was changed\./,
    )
    expect((await write('with the right key')).status).toBe(200)
  })

  it('says that somebody altered a table, refuses writes until that is undone, and has lost nothing', async () => {
    expect((await write('kept')).status).toBe(200)
    await subject.execute(statements().alter)
    const refused = await write('refused')
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
    expect((await read()).json).toMatchObject({ value: 'kept' })
    const { code, said } = await refusal()
    expect(code).toBe(1)
    expect(said).toMatch(/^error: .*tables of Konfig .*(digest|payload).* Somebody altered them/)
    expect(said).not.toContain('    at ')
    await subject.execute(statements().mend)
    await node.end('SIGKILL')
    await node.start()
    expect((await read()).json).toMatchObject({ value: 'kept' })
    expect((await write('again')).status).toBe(200)
    expect(ends).toEqual([])
  })
})
