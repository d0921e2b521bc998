// A backup as an operator makes one: of a server that runs, verified, restored elsewhere, and served from there.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'
import { type CommandLine, openCommandLine } from '../harness/command.ts'

interface FirstRun {
  readonly url: string
  readonly apiKey: string
  readonly editorKey: string
}

const listening = /Konfig is at (\S+)/
const root = mkdtempSync(join(tmpdir(), 'konfig-backup-'))
const at = (name: string): string => join(root, name)
const children: Child[] = []
let konfig: CommandLine
let first: FirstRun

const serve = async (folder: string): Promise<{ readonly child: Child; readonly url: string }> => {
  const child = startServer({ KONFIG_DATA: at(folder), KONFIG_PORT: '0', KONFIG_LOG_LEVEL: 'error' })
  children.push(child)
  const [, url = ''] = await child.waitFor(listening)
  return { child, url }
}
const end = async (child: Child): Promise<void> => {
  child.kill('SIGTERM')
  await child.ended
}
const read = async (url: string): Promise<{ readonly value: unknown; readonly log: string }> => {
  const response = await fetch(`${url}/api/v1/values/vets-service/vets.cache.ttl?environment=production`, {
    headers: { 'x-api-key': first.apiKey },
  })
  const { value } = (await response.json()) as { readonly value: unknown }
  return { value, log: response.headers.get('konfig-log') ?? '' }
}

let running: { readonly child: Child; readonly url: string }

beforeAll(async () => {
  running = await serve('data')
  first = JSON.parse(readFileSync(at('data/first-run.json'), 'utf8')) as FirstRun
  konfig = openCommandLine(running.url)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map(({ ended }) => ended))
  konfig.close()
  rmSync(root, { recursive: true, force: true })
})

const backup = (...words: readonly string[]) => konfig.run(['backup', ...words])

describe('a backup', () => {
  it('is made while the server runs, for nobody else to read, and is verified by restoring it', async () => {
    expect(await backup('create', at('all.backup'), '--data', at('data'))).toMatchObject({ code: 0 })
    expect(statSync(at('all.backup')).mode & 0o077).toBe(0)
    const verified = await backup('verify', at('all.backup'), '--data', at('data'), '--json')
    expect(JSON.parse(verified.output)).toMatchObject({ tenants: 1, logs: 4 })
  })

  it('is never written over, and leaves nothing behind that is half made', async () => {
    const again = await backup('create', at('all.backup'), '--data', at('data'))
    expect(again).toMatchObject({ code: 3 })
    expect(again.errors).toContain('already')
    expect((await backup('create', at('none/all.backup'), '--data', at('data'))).code).toBe(3)
  })

  it('is refused by verify where it was cut', async () => {
    copyFileSync(at('all.backup'), at('cut.backup'))
    truncateSync(at('cut.backup'), 3000)
    const { code, errors } = await backup('verify', at('cut.backup'), '--data', at('data'))
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('its end is missing') })
  })

  it('restores to the same values under a new id of the log, under the same master key or another', async () => {
    const before = await read(running.url)
    mkdirSync(at('restored'), { mode: 0o700 })
    copyFileSync(at('data/master.key'), at('restored/master.key'))
    expect(await backup('restore', at('all.backup'), '--data', at('restored'))).toMatchObject({ code: 0 })
    const other = await konfig.run(['backup', 'restore', at('all.backup'), '--data', at('other')], {
      env: { KONFIG_PREVIOUS_MASTER_KEY_FILE: at('data/master.key') },
    })
    expect(other).toMatchObject({ code: 0 })
    expect(readFileSync(at('other/master.key'), 'utf8')).not.toBe(readFileSync(at('data/master.key'), 'utf8'))
    for (const folder of ['restored', 'other']) {
      const { child, url } = await serve(folder)
      const after = await read(url)
      expect(after.value).toBe(before.value)
      expect(after.log).not.toBe(before.log)
      await end(child)
    }
  })

  it('is not restored over an installation, nor without its master key', async () => {
    expect((await backup('restore', at('all.backup'), '--data', at('restored'))).code).toBe(7)
    const { code, errors } = await backup('restore', at('all.backup'), '--data', at('empty'))
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('another master key') })
  })

  it('of one tenant brings it back as it was, when that is asked for', async () => {
    const file = at('petclinic.backup')
    const before = await read(running.url)
    expect(await backup('create', file, '--data', at('data'), '--tenant', 'petclinic')).toMatchObject({ code: 0 })
    await fetch(`${running.url}/api/v1/namespaces/vets-service/configs/vets.cache.ttl?environment=production`, {
      method: 'PUT',
      headers: { 'x-api-key': first.editorKey, 'content-type': 'application/json' },
      body: '{"value": 77}',
    })
    expect((await read(running.url)).value).toBe(77)
    await end(running.child)
    const words = ['restore', file, '--data', at('data'), '--tenant', 'petclinic']
    expect((await backup(...words)).code).toBe(7)
    expect((await backup(...words, '--replace')).code).toBe(12)
    expect(await backup(...words, '--replace', '--yes')).toMatchObject({ code: 0 })
    running = await serve('data')
    expect((await read(running.url)).value).toBe(before.value)
  })
})
