// Starts as `make run` does, on a real folder: what a newcomer finds, what a second start leaves alone, what is refused.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openSqlite } from '@konfig/journal-sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { unavailable } from '@konfig/journal'
import { createMemoryStore, openMemory } from '@konfig/journal/memory'
import { openServerLog } from './log/server-log.ts'
import { StartError } from './start-error.ts'
import type { KeyStores } from './keys/find.ts'
import { readOptions } from './options.ts'
import { type Adapter, type Adapters, type Running, start } from './start.ts'

const run = promisify(execFile)
const nowhere = async (): Promise<never> => {
  throw new Error('no key store is named here')
}
const keyStores: KeyStores = { vault: nowhere, kms: nowhere }
const adapters: Adapters = { sqlite: async () => (path, clock) => openSqlite({ path, clock }) }
const folders: string[] = []
const running: Running[] = []

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "konfig's start-"))
  folders.push(made)
  return made
}

const open = async (
  data: string,
  more: { readonly [name: string]: string } = {},
): Promise<{ readonly node: Running; readonly text: string; readonly lines: readonly string[] }> => {
  const read = readOptions({
    KONFIG_DATA: data,
    KONFIG_PORT: '0',
    KONFIG_API_KEY_COST: '4',
    KONFIG_DRAIN_SECONDS: '1',
    ...more,
  })
  if (!read.ok) throw new Error(read.problems.join('; '))
  let text = ''
  const node = await start(
    read.options,
    { adapters, keyStores },
    openServerLog('silent', { write: () => undefined }),
    (printed) => {
      text += `${printed}\n`
    },
  )
  running.push(node)
  return {
    node,
    text,
    lines: text
      .split('\n')
      .filter((line) => line.startsWith('  curl '))
      .map((line) => line.trim()),
  }
}
const close = async (): Promise<void> => {
  await Promise.all(running.splice(0).map((node) => node.stop()))
}
const paste = async (line: string): Promise<Record<string, unknown>> =>
  JSON.parse((await run('sh', ['-c', line])).stdout) as Record<string, unknown>

afterEach(async () => {
  await close()
  for (const each of folders.splice(0)) rmSync(each, { recursive: true })
})

const promised = async (lines: readonly string[]): Promise<void> => {
  expect(lines).toHaveLength(5)
  const [value = '', why = '', refused = '', rollback = '', before = ''] = lines
  expect(await paste(value)).toMatchObject({ value: 90, environment: 'production' })
  expect(await paste(why)).toMatchObject({
    explanation: [
      {
        winner: { layer: 'tenant', environment: 'production' },
        shadowed: [{ layer: 'plan:enterprise' }, { layer: 'platform' }],
      },
    ],
  })
  expect(await paste(refused)).toMatchObject({ status: 409, code: 'policy_bounded' })
  expect(await paste(rollback)).toMatchObject({ value: 60 })
  expect(await paste(before)).toMatchObject({ value: 600 })
}

describe('a first start', () => {
  it('leaves five lines that work as pasted, twice, and again after a second start, which keeps all and tells no secret', async () => {
    const data = folder()
    const first = await open(data)
    await promised(first.lines)
    await promised(first.lines)
    const file = readFileSync(join(data, 'first-run.json'), 'utf8')
    const told = JSON.parse(file)
    expect(Object.keys(told)).toEqual(['url', 'tenant', 'apiKey', 'editorKey', 'owner', 'platformAdmin'])
    expect(told.url).toBe(first.node.url)
    for (const secret of [told.apiKey, told.editorKey, told.owner.password, told.platformAdmin.password])
      expect(first.text).toContain(secret)
    for (const name of ['first-run.json', 'master.key', 'konfig.db', 'reader.header', 'editor.header'])
      expect([name, statSync(join(data, name)).mode & 0o777]).toEqual([name, 0o600])
    await close()

    const second = await open(data)
    expect(readFileSync(join(data, 'first-run.json'), 'utf8')).toBe(file)
    for (const secret of [told.apiKey, told.editorKey, told.owner.password, told.platformAdmin.password])
      expect(second.text).not.toContain(secret)
    expect(second.text).toContain(join(data, 'first-run.json'))
    await promised(second.lines)
  })

  it('that was cut short is finished by the next one, with the passwords that it began with', async () => {
    const data = folder()
    await open(data)
    const told = JSON.parse(readFileSync(join(data, 'first-run.json'), 'utf8'))
    await close()
    rmSync(join(data, 'first-run.json'))
    rmSync(join(data, 'sample.json'))
    writeFileSync(
      join(data, 'first-run.pending.json'),
      JSON.stringify({ owner: told.owner, platformAdmin: told.platformAdmin }),
    )
    const again = await open(data)
    const finished = JSON.parse(readFileSync(join(data, 'first-run.json'), 'utf8'))
    expect([finished.owner, finished.platformAdmin]).toEqual([told.owner, told.platformAdmin])
    expect(finished.apiKey).not.toBe(told.apiKey)
    expect(existsSync(join(data, 'first-run.pending.json'))).toBe(false)
    await promised(again.lines)
  })

  it('without a sample prints the first administrator once', async () => {
    const data = folder()
    const first = await open(data, { KONFIG_SAMPLE: 'none' })
    const [, email, password] = /: (\S+@\S+) {2}(\S+)/.exec(first.text) ?? []
    const login = await first.node.server.fastify.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { email, password },
      headers: { 'content-type': 'application/json' },
    })
    expect(login.statusCode).toBe(200)
    await close()
    expect((await open(data, { KONFIG_SAMPLE: 'none' })).text).not.toContain('administrator')
  })
})

describe('a start is refused', () => {
  it('with a wrong master key, and without the one that the data was sealed with; nothing is changed by that', async () => {
    const data = folder()
    const none = { KONFIG_SAMPLE: 'none' }
    await open(data, none)
    await close()
    const key = join(data, 'master.key')
    renameSync(key, `${key}.kept`)
    await expect(open(data, none)).rejects.toThrow('sealed with a master key that is not at')
    expect(existsSync(key)).toBe(false)
    writeFileSync(key, `${Buffer.alloc(32, 9).toString('base64')}\n`)
    await expect(open(data, none)).rejects.toThrow('not the one that this installation was made with')
    writeFileSync(key, 'rubbish')
    await expect(open(data, none)).rejects.toThrow('32 bytes')
    renameSync(`${key}.kept`, key)
    await open(data, none)
  })

  it('for a backend that there is not, and for a port that is taken', async () => {
    const data = folder()
    const key = Buffer.alloc(32, 1).toString('base64')
    await expect(open(data, { KONFIG_JOURNAL: 'oracle:x', KONFIG_MASTER_KEY: key })).rejects.toThrow('there are sqlite')
    const { node } = await open(data, { KONFIG_SAMPLE: 'none' })
    await expect(open(folder(), { KONFIG_SAMPLE: 'none', KONFIG_PORT: new URL(node.url).port })).rejects.toThrow(
      'cannot be taken',
    )
  })
})

describe('a SQLite file that is none', () => {
  const key = Buffer.alloc(32, 1).toString('base64')
  const at = (place: string): Promise<unknown> =>
    open(folder(), { KONFIG_JOURNAL: `sqlite:${place}`, KONFIG_MASTER_KEY: key }).catch(String)

  it('is named, wherever it is: a folder', async () => {
    const place = folder()
    expect(await at(place)).toBe(
      `Error: ${place} is a folder. Name the file in it with KONFIG_JOURNAL, such as sqlite:${join(place, 'konfig.db')}.`,
    )
  })

  it('is named, wherever it is: a file with something else in it', async () => {
    const place = join(folder(), 'konfig.db')
    writeFileSync(place, 'rubbish'.repeat(1000))
    expect(await at(place)).toMatch(
      `Error: ${place} cannot be used as it is: file is not a database. Nothing was changed.`,
    )
    expect(readFileSync(place, 'utf8')).toMatch(/^rubbish/)
  })

  it('is named, wherever it is: a file that cannot be written', async () => {
    expect(await at('/dev/full')).toMatch(/^Error: \/dev\/full cannot be read or written/)
  })
})

describe('a store that takes nothing', () => {
  const full = (): Error => unavailable(new Error('database or disk is full'))
  const refused = async (adapter: Awaited<ReturnType<Adapters[string]>>, more = {}): Promise<unknown> => {
    const read = readOptions({ KONFIG_DATA: folder(), KONFIG_PORT: '0', KONFIG_API_KEY_COST: '4', ...more })
    if (!read.ok) throw new Error(read.problems.join('; '))
    const parts = { adapters: { sqlite: async () => adapter }, keyStores }
    return start(read.options, parts, openServerLog('silent', { write: () => undefined }), () => undefined).then(
      () => 'started',
      (reason: unknown) => reason,
    )
  }

  it('ends the start with a sentence, where its disk is full from the beginning', async () => {
    const reason = await refused(async () => {
      throw full()
    })
    expect(reason).toBeInstanceOf(StartError)
    expect(String(reason)).toMatch(/cannot be read or written \(database or disk is full\)\. Is the disk full/)
  })

  it.each([1, 3, 12])('ends the start with a sentence, where its disk is full after %i writes', async (writes) => {
    let left = writes
    const reason = await refused(async (path, clock) => {
      const { journal, records } = await openSqlite({ path, clock })
      const append: typeof journal.append = (batches) => (left-- > 0 ? journal.append(batches) : Promise.reject(full()))
      return { journal: { ...journal, append }, records }
    })
    expect(reason).toBeInstanceOf(StartError)
    expect(String(reason)).toContain('Make room and start again')
  })
})

it('refuses an installation that was restored by half, with a sentence', async () => {
  const store = createMemoryStore()
  const half: Adapter = async (_path, clock) => {
    const opened = openMemory({ clock, store })
    await opened.records.put({
      collection: 'installation',
      id: 'restoring',
      expected: undefined,
      version: 'one',
      value: new Uint8Array(1),
    })
    return opened
  }
  const read = readOptions({ KONFIG_DATA: folder(), KONFIG_PORT: '0' })
  if (!read.ok) throw new Error(read.problems.join('; '))
  const parts = { adapters: { sqlite: async () => half }, keyStores }
  const log = openServerLog('silent', { write: () => undefined })
  await expect(start(read.options, parts, log, () => undefined)).rejects.toMatchObject({
    constructor: StartError,
    message: expect.stringContaining('cut short'),
  })
})
