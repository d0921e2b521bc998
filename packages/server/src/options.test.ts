import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readOptions, variables } from './options.ts'

const read = (environment: { readonly [name: string]: string }) => {
  const found = readOptions(environment)
  if (!found.ok) throw new Error(found.problems.join('; '))
  return found
}
const problems = (environment: { readonly [name: string]: string }): string => {
  const found = readOptions(environment)
  return found.ok ? '' : found.problems.join('; ')
}
const key = Buffer.alloc(32, 7).toString('base64')

describe('without any option', () => {
  it('the server is embedded: SQLite in the data folder, loopback, a key of its own, a sample, open registration', () => {
    expect(read({ KONFIG_DATA: '/srv/konfig' }).options).toMatchObject({
      embedded: true,
      host: '127.0.0.1',
      port: 8080,
      journal: { adapter: 'sqlite', location: '/srv/konfig/konfig.db' },
      master: { from: 'file', path: '/srv/konfig/master.key', make: true },
      registration: 'open',
      sample: 'petclinic',
    })
  })

  it('embedded but open to the network, registration is closed', () => {
    expect(read({ KONFIG_HOST: '0.0.0.0' }).options.registration).toBe('closed')
  })
})

describe('several nodes', () => {
  it('workers are counted, or one for each core', () => {
    expect(read({}).options.workers).toBe(1)
    expect(read({ KONFIG_WORKERS: '4' }).options.workers).toBe(4)
    expect(read({ KONFIG_WORKERS: 'auto' }).options.workers).toBeGreaterThanOrEqual(1)
    for (const wrong of ['0', '257', '1.5', 'all'])
      expect(problems({ KONFIG_WORKERS: wrong })).toContain('must be a whole number from 1 to 256, or auto')
  })

  it('a worker may be silent for half a minute, for as long as is said, or for ever', () => {
    expect(read({}).options.workerSilenceSeconds).toBe(30)
    expect(read({ KONFIG_WORKER_SILENCE_SECONDS: '0' }).options.workerSilenceSeconds).toBe(0)
  })

  it('a Redis is a URL of its own, whose password is not repeated', () => {
    for (const url of ['redis://127.0.0.1:6379', 'rediss://konfig:p%40ss@redis.example.com:6380/2'])
      expect(read({ KONFIG_REDIS: url }).options.redis).toBe(url)
    const said = problems({ KONFIG_REDIS: 'http://konfig:secret-word@redis' })
    expect(said).toContain('KONFIG_REDIS must read redis://')
    expect(said).not.toContain('secret-word')
  })

  it('a URL whose password has a bare % is refused in a sentence, as is a Redis that names no database by number', () => {
    for (const place of [
      'postgres://u:se%cret@db/k',
      'mysql://u:se%zzcret@db/k',
      'mongodb://u:secret%@db/k',
      'mysql://u:%ffsecret@db/k',
    ]) {
      const said = problems({ KONFIG_JOURNAL: place, KONFIG_MASTER_KEY: key })
      expect(said).toContain('KONFIG_JOURNAL must read')
      expect(said).not.toContain('cret')
    }
    for (const url of ['redis://u:se%cret@redis', 'redis://u:secret@redis/secret', 'redis://u@redis?secret'])
      expect(problems({ KONFIG_REDIS: url })).toMatch(/^KONFIG_REDIS must read [^]*(?<!cret)$/)
  })

  it('a stop leaves at once unless it is told to wait for a balancer', () => {
    expect(read({}).options.leaveSeconds).toBe(0)
    expect(read({ KONFIG_LEAVE_SECONDS: '15' }).options.leaveSeconds).toBe(15)
  })
})

describe('with a journal named', () => {
  it('a master key must be given', () => {
    expect(problems({ KONFIG_JOURNAL: 'sqlite:/srv/k.db' })).toContain('No master key')
    expect(read({ KONFIG_JOURNAL: 'sqlite:/srv/k.db', KONFIG_MASTER_KEY: key }).options).toMatchObject({
      embedded: false,
      registration: 'closed',
      sample: 'none',
      journal: { adapter: 'sqlite', location: '/srv/k.db' },
    })
  })

  it('on PostgreSQL, its whole URL is the place, and another role may own the tables', () => {
    const journal = 'postgresql://konfig:p%40ss@db.example.com:5433/konfig?sslmode=verify-full'
    const migrate = 'postgres://owner:word@db.example.com:5433/konfig'
    const given = { KONFIG_JOURNAL: journal, KONFIG_MASTER_KEY: key }
    expect(read(given).options.journal).toEqual({ adapter: 'postgres', location: journal, migrate: undefined })
    expect(read({ ...given, KONFIG_JOURNAL_MIGRATE: migrate }).options.journal.migrate).toBe(migrate)
  })

  it.each(['mysql', 'mariadb'])('on %s, its whole URL is the place, and another role may make the tables', (scheme) => {
    const [journal, migrate] = [
      `${scheme}://konfig:p%40ss@db.example.com/konfig`,
      `${scheme}://owner:word@db.example.com/konfig`,
    ]
    const given = { KONFIG_JOURNAL: journal, KONFIG_JOURNAL_MIGRATE: migrate, KONFIG_MASTER_KEY: key }
    expect(read(given).options.journal).toEqual({ adapter: 'mysql', location: journal, migrate })
  })

  it('on DynamoDB, its whole URL is the place, and there is no other role', () => {
    const journal = 'dynamodb://eu-central-1/konfig?endpoint=http://127.0.0.1:8000'
    const given = { KONFIG_JOURNAL: journal, KONFIG_MASTER_KEY: key }
    expect(read(given).options.journal).toEqual({ adapter: 'dynamodb', location: journal, migrate: undefined })
    expect(readOptions({ ...given, KONFIG_JOURNAL_MIGRATE: journal })).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('KONFIG_JOURNAL_MIGRATE means nothing on DynamoDB')],
    })
  })

  it('on MongoDB, its whole URL is the place, which may name several hosts', () => {
    const journal = 'mongodb://konfig:p%40ss@a.example.com:27017,b.example.com:27018/konfig?replicaSet=rs0'
    const given = { KONFIG_JOURNAL: journal, KONFIG_MASTER_KEY: key }
    expect(read(given).options.journal).toEqual({ adapter: 'mongodb', location: journal, migrate: undefined })
  })

  it.each([
    ['a URL that is none', { KONFIG_JOURNAL: 'postgres://secret:word@:x' }, 'KONFIG_JOURNAL must read postgres://'],
    [
      'another backend for the owner of the tables',
      { KONFIG_JOURNAL: 'postgres://u@h/d', KONFIG_JOURNAL_MIGRATE: 'mysql://secret@h/d' },
      'KONFIG_JOURNAL_MIGRATE must read postgres://',
    ],
    [
      'a URL of MongoDB that is none',
      { KONFIG_JOURNAL: 'mongodb://secret:word@:x' },
      'KONFIG_JOURNAL must read mongodb',
    ],
    ['a wrong URL of MongoDB', { KONFIG_JOURNAL: 'mongodb://secret:w@:x' }, 'KONFIG_JOURNAL must read mongodb'],
    ['a URL of MySQL that is none', { KONFIG_JOURNAL: 'mysql://secret:word@:x' }, 'KONFIG_JOURNAL must read mysql://'],
    [
      'an owner of tables without a database server',
      { KONFIG_JOURNAL: 'sqlite:/x', KONFIG_JOURNAL_MIGRATE: 'postgres://secret@h/d' },
      'KONFIG_JOURNAL_MIGRATE belongs to',
    ],
  ])('%s is refused without repeating it', (_, given, said) => {
    const found = problems({ ...given, KONFIG_MASTER_KEY: key } as Record<string, string>)
    expect(found).toContain(said)
    expect(found).not.toContain('secret')
  })

  it('a key file is never made', () => {
    expect(read({ KONFIG_JOURNAL: 'sqlite:/x', KONFIG_MASTER_KEY_FILE: '/k' }).options.master).toEqual({
      from: 'file',
      path: '/k',
      make: false,
    })
  })
})

describe('a mistake', () => {
  it('is named with its variable, and no secret is repeated', () => {
    const found = problems({
      KONFIG_PORT: '99999',
      KONFIG_MASTER_KEY: 'not-a-key-but-secret',
      KONFIG_MASTER_PASSPHRASE: 'short',
      KONFIG_JOURNAL: 'nothing',
      KONFIG_TLS_CERT: '/c',
      KONFIG_CORS_ORIGINS: 'example.com',
      KONFIG_TRUSTED_PROXIES: '10.0.0.0/99',
      KONFIG_REGISTRATION: 'maybe',
      KONFIG_METRICS_TOKEN: 'abc',
      KONFIG_API_KEY_COST: '3',
    })
    for (const name of [
      'PORT',
      'MASTER_KEY',
      'JOURNAL',
      'TLS_CERT',
      'CORS_ORIGINS',
      'TRUSTED_PROXIES',
      'REGISTRATION',
      'METRICS_TOKEN',
      'API_KEY_COST',
    ])
      expect(found).toContain(`KONFIG_${name}`)
    expect(found).not.toContain('secret')
    expect(found).not.toContain('short')
  })

  it('in a name is warned about', () => {
    expect(read({ KONFIG_PROT: '80', PATH: '/bin' }).warnings).toEqual([expect.stringContaining('KONFIG_PROT')])
  })
})

it('every variable is described in docs/configuration.md, and nothing else is', () => {
  const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')
  expect([...new Set(page.match(/KONFIG_[A-Z_]+/g))].sort()).toEqual([...variables].sort())
})
