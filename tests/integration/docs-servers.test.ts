// The pages about databases and nodes are true: their blocks run as they are printed, on real servers whose address and passwords stand in for those of
// the page. What cannot be run here is named with the reason, so that no block is left out unseen.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Child, cleanEnvironment, startChild, startServer } from '../harness/child.ts'
import { type Block, blocksOf, openTerminal, standIn } from '../harness/documents.ts'
import { startMariadb } from '../servers/mariadb.ts'
import * as mysql from '../servers/mysql.ts'
import * as postgres from '../servers/postgres.ts'
import { startRedis } from '../servers/redis.ts'

const root = join(import.meta.dirname, '../..')
const listening = /"msg":"Listening"/

/** Blocks that no suite runs as they are printed, by what they begin with. */
const reasons: { readonly [page: string]: { readonly [beginning: string]: string } } = {
  'docs/how-to-install.md': {
    'node scripts/package.ts': 'tests/integration/packaging.test.ts packs, installs and runs it, outside the checkout',
    'cp deploy/example.env': 'needs an image engine and root; packaging-deploy.test.ts lints the files',
    'sudo npm install --global': 'needs root and systemd; packaging-deploy.test.ts verifies the unit',
  },
  'docs/how-to-mongodb.md': {
    'use konfig': 'needs mongosh and a server with users; the one of the tests has none',
    'export KONFIG_JOURNAL=': 'names a replica set; tests/acceptance/mongodb.test.ts starts a server on one server',
  },
  'docs/how-to-dynamodb.md': {
    'export KONFIG_JOURNAL=':
      'is the service itself; tests/acceptance/dynamodb.test.ts starts a server on the local one',
    'aws dynamodb create-table': 'needs the command line of AWS; the adapter makes the same table itself',
  },
  'docs/reliability.md': { 'make ': 'takes minutes to hours; the suites are what it names' },
}
/** Pages of which another suite runs every block. */
const suites = ['docs.test.ts', 'sdk-docs.test.ts'].map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))

const here = ['docs/how-to-postgresql.md', 'docs/how-to-mysql.md', 'docs/how-to-many-nodes.md', 'docs/how-to-keys.md']

describe('each block of each page', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ]

  it('is run by a suite, or it is said here why not', () => {
    const left = pages
      .filter((page) => !here.includes(page) && !suites.some((text) => text.includes(page)))
      .flatMap(blocksOf)
      .filter(({ at, content }) => {
        const known = reasons[at.replace(/:\d+$/, '')] ?? {}
        return !Object.keys(known).some((beginning) => content.startsWith(beginning))
      })
    expect(left.map(({ at }) => at)).toEqual([])
  })

  it('that is named here is there', () => {
    const gone = Object.entries(reasons).flatMap(([page, known]) =>
      Object.keys(known)
        .filter((beginning) => !blocksOf(page).some(({ content }) => content.startsWith(beginning)))
        .map((beginning) => `${page}: ${beginning}`),
    )
    expect(gone).toEqual([])
  })
})

let folder = ''
const children: Child[] = []
const removes: (() => Promise<void>)[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'konfig-docs-servers-'))
  writeFileSync(join(folder, 'master.key'), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 })
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGTERM')
    await child.ended
  }
})
afterAll(async () => {
  for (const remove of removes) await remove()
  rmSync(folder, { recursive: true, force: true })
})

const sqlOf = (page: string): readonly string[] =>
  blocksOf(page)
    .filter(({ language }) => language === 'sql')
    .map(({ content }) => content.replaceAll('…', 'word'))

/** What a shell has in its environment once it ran the block, `replaced` for what the page names. */
const exported = (
  { at, content }: Block,
  replaced: (text: string) => string,
): { readonly [name: `KONFIG_${string}`]: string } => {
  const names = [...content.matchAll(/(KONFIG_\w+)=/g)].map(([, name = '']) => name)
  const shell = spawnSync('sh', ['-euc', `${replaced(content)}\nprintenv ${names.join(' ')}`], { encoding: 'utf8' })
  expect({ at, errors: shell.stderr, status: shell.status }).toEqual({ at, errors: '', status: 0 })
  const values = shell.stdout.trimEnd().split('\n')
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}

const serve = async (options: {
  readonly [name: `KONFIG_${string}`]: string
}): Promise<Child & { readonly url: string }> => {
  const child = startServer({ KONFIG_DATA: join(folder, 'data'), KONFIG_PORT: '0', ...options })
  children.push(child)
  const [, url = ''] = await child.waitFor(/Konfig is at (\S+)/)
  await child.waitFor(listening)
  expect((await fetch(`${url}/health`)).status).toBe(200)
  return { ...child, url }
}

const shellBlocks = (page: string): readonly Block[] => blocksOf(page).filter(({ language }) => language === 'sh')

/** The page's own host is encrypted; that of the tests is this machine. */
const onThisMachine = (text: string, port: number, usual: string): string =>
  text
    .replaceAll(`db.example.com:${usual}`, `127.0.0.1:${port}`)
    .replaceAll('?sslmode=verify-full', '')
    .replaceAll('…', 'word')
    .replaceAll('/run/secrets/konfig-master-key', join(folder, 'master.key'))

describe('docs/how-to-postgresql.md', () => {
  it('makes roles that a server starts with, and a statement that the owner may run', async () => {
    const server = await postgres.startPostgres()
    removes.push(server.remove)
    const [roles = '', after = ''] = sqlOf('docs/how-to-postgresql.md')
    const at = (user: string, database: string): string => `postgres://${user}@127.0.0.1:${server.port}/${database}`
    for (const statement of roles.split(/;\n/).filter((text) => text.trim() !== ''))
      await postgres.query(at('postgres', 'postgres'), statement)
    for (const block of shellBlocks('docs/how-to-postgresql.md')) {
      const options = exported(block, (text) => onThisMachine(text, server.port, '5432'))
      const child = await serve(options)
      expect(child.errors()).not.toMatch(/warning/)
      // Once the tables are there, the owner is not needed.
      const { KONFIG_JOURNAL_MIGRATE: _, ...later } = options
      await serve(later)
    }
    await postgres.query(at('konfig_owner', 'konfig'), after)
  })
})

describe('docs/how-to-mysql.md', () => {
  it('makes roles that a server starts with', async () => {
    const server = await startMariadb()
    removes.push(server.remove)
    const [roles = ''] = sqlOf('docs/how-to-mysql.md')
    const { superUrl } = await mysql.createDatabase(server)
    for (const statement of roles.split(/;\n/).filter((text) => text.trim() !== ''))
      await mysql.query(superUrl, statement)
    for (const block of shellBlocks('docs/how-to-mysql.md')) {
      const options = exported(block, (text) => onThisMachine(text, server.port, '3306'))
      const child = await serve(options)
      expect(child.errors()).not.toMatch(/warning/)
      const { KONFIG_JOURNAL_MIGRATE: _, ...later } = options
      await serve(later)
    }
  })
})

describe('docs/how-to-many-nodes.md', () => {
  const [workers, redis, leave] = shellBlocks('docs/how-to-many-nodes.md')

  it('serves by several workers', async () => {
    const home = mkdtempSync(join(folder, 'home-'))
    const child = startChild('bash', ['-c', `exec ${workers?.content ?? ''}`], {
      cwd: home,
      env: { ...cleanEnvironment(), ...standIn(home), KONFIG_DATA: join(home, 'data'), KONFIG_PORT: '0' },
    })
    children.push(child)
    const [, url = ''] = await child.waitFor(/Konfig is at (\S+)/)
    await child.waitFor(/"worker":2/)
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })

  it('meets at Redis, and leaves before it drains', async () => {
    const server = await startRedis({ password: 'word' })
    removes.push(server.remove)
    const meeting = redis === undefined ? {} : exported(redis, () => `export KONFIG_REDIS='${server.url}'`)
    expect(redis?.content).toMatch(/^export KONFIG_REDIS='rediss:\/\/[^']+:6379'\n$/)
    const slow = leave === undefined ? {} : exported(leave, (text) => text.replaceAll('=10', '=1'))
    expect(slow).toEqual({ KONFIG_LEAVE_SECONDS: '1', KONFIG_DRAIN_SECONDS: '1' })
    const child = await serve({ ...meeting, ...slow, KONFIG_DATA: join(folder, 'nodes') })
    expect(child.errors()).not.toMatch(/does not answer/)
    child.kill('SIGTERM')
    expect(await child.ended).toBe(0)
  })
})

describe('docs/how-to-keys.md', () => {
  it('rotates, erases and proves what it erased, by what it says to type', async () => {
    const home = mkdtempSync(join(folder, 'keys-'))
    const { url } = await serve({ KONFIG_DATA: join(home, 'data') })
    const terminal = openTerminal(home, { ...standIn(home), KONFIG_URL: url })
    const ran = (script: string): string => {
      const { status, output, errors } = terminal(script)
      expect({ script, status, errors: status === 0 ? '' : errors }).toEqual({ script, status: 0, errors: '' })
      return output
    }
    const loggedIn = (who: string, words: string): string =>
      ran(`node -p "require('./data/first-run.json').${who}.password" | konfig login ${words} --password-stdin`)
    const [rotate, erase, verify, ...others] = shellBlocks('docs/how-to-keys.md')
    expect(others).toEqual([])

    loggedIn('owner', '--email owner@petclinic.example --tenant petclinic')
    ran(rotate?.content ?? '')
    loggedIn('platformAdmin', '--profile platform --email admin@konfig.example --tenant platform')
    ran('konfig tenant create acme')
    // There is nobody to be asked.
    ran((erase?.content ?? '').replace('tenant delete acme', 'tenant delete acme --yes'))
    expect(ran(verify?.content ?? '')).toContain('Signature Verified Successfully')
  })
})
