// The verbs about files against a real server: a directory is applied whole or not at all, what others did is named, and what
// cannot be taken is refused before anything is sent.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, openCommandLine, type Ran, type Sent } from '../harness/command.ts'
import { tokenOf } from '../harness/example.ts'
import { field, session } from '../harness/session.ts'
import { openWorld, type World } from '../harness/world.ts'

let world: World
let line: CommandLine
let folder: string
beforeAll(async () => {
  world = await openWorld()
  line = openCommandLine(world.url)
})
afterAll(async () => {
  line.close()
  await world.close()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konfig-files-'))
  return () => rmSync(folder, { recursive: true, force: true })
})

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}
const konfig = async (words: readonly string[], sent: Sent = {}): Promise<Ran> =>
  line.run(words, { ...sent, env: { KONFIG_API_KEY: world.keys.editor, ...sent.env } })
const head = (): number => world.heads()[world.acme.config] as number
const values = async (namespace: string, environment = 'dev'): Promise<unknown> =>
  field<Record<string, unknown>>(
    await session(world, world.keys.editor)(`GET /values/${namespace}?environment=${environment}`),
    'values',
  )[namespace]

const manifests = (namespace: string, timeout: number, more = ''): string => `kind: namespace
metadata: {name: ${namespace}}
---
kind: config
metadata: {name: timeout, namespace: ${namespace}}
spec: {type: number, value: ${timeout}}
---
kind: override
metadata: {name: timeout, namespace: ${namespace}, environment: production}
spec: {value: ${timeout * 2}}
${more}`
const apply = (name: string, ...more: readonly string[]) => konfig(['apply', '-f', folder, '--name', name, ...more])

describe('apply', () => {
  it('shows what becomes of resources and of values in each environment, asks, and makes one commit', async () => {
    file('shop.yaml', manifests('shop', 30))
    const before = head()
    const refused = await konfig(['apply', '-f', folder, '--name', 'shop'], { answers: ['n'] })
    expect([refused.code, head()]).toEqual([12, before])
    expect(refused.errors).toContain('+ config shop/timeout')
    expect(refused.errors).toContain('    dev: none → 30')
    expect(refused.errors).toContain('    production: none → 60')
    expect((await konfig(['apply', '-f', folder, '--name', 'shop'], { answers: ['y'] })).code).toBe(0)
    expect(head()).toBe(before + 1)
    expect([await values('shop'), await values('shop', 'production')]).toEqual([{ timeout: 30 }, { timeout: 60 }])
    const again = await apply('shop', '--yes')
    expect([again.code, again.errors, head()]).toEqual([
      0,
      'Nothing to do: 3 resources are as the files say.\n',
      before + 1,
    ])
  })

  it('does nothing without a yes where nobody can be asked, and nothing in a dry run', async () => {
    file('quiet.yaml', manifests('quiet', 1))
    const before = head()
    expect((await apply('quiet')).code).toBe(12)
    expect((await apply('quiet', '--dry-run')).code).toBe(0)
    const shown = await konfig(['diff', '-f', folder, '--name', 'quiet', '--exit-code', '--json'])
    expect(shown.code).toBe(13)
    expect(JSON.parse(shown.output)).toMatchObject({ changes: [{ op: 'create' }, { op: 'create' }, { op: 'create' }] })
    expect(head()).toBe(before)
  })

  it('names who changed what since, and when, and undoes it only where that is said', async () => {
    file('drift.yaml', manifests('drift', 1))
    await apply('drift', '--yes')
    const somebody = session(world, await tokenOf(world, 'admin'))
    await somebody('PUT /namespaces/drift/configs/timeout', { body: { value: 9 } })
    file('drift.yaml', manifests('drift', 2))
    const before = head()
    const refused = await apply('drift', '--yes')
    expect([refused.code, head()]).toEqual([7, before])
    expect(refused.errors).toMatch(
      /! changed by admin@acme\.example at \d{4}-\d\d-\d\dT[\d:.]+Z, after it was last applied/,
    )
    expect((await apply('drift', '--yes', '--overwrite')).code).toBe(0)
    expect(await values('drift')).toEqual({ timeout: 2 })
  })

  it('names what was deleted by others since', async () => {
    file('gone.yaml', manifests('gone', 1))
    await apply('gone', '--yes')
    await session(
      world,
      await tokenOf(world, 'admin'),
    )('DELETE /namespaces/gone/configs/timeout?environment=production')
    const refused = await apply('gone', '--yes')
    expect(refused.code).toBe(7)
    expect(refused.errors).toContain('! deleted by admin@acme.example')
  })

  it("takes neither what it pruned itself nor what was deleted before it was the directory's for a change by others", async () => {
    const put = await session(world, world.keys.editor)('POST /namespaces', { body: { name: 'again' } })
    expect(put.status).toBe(201)
    await session(world, await tokenOf(world, 'admin'))('DELETE /namespaces/again')
    file('stays.yaml', manifests('stays', 1))
    await apply('revert', '--yes')
    file('again.yaml', manifests('again', 1))
    expect((await apply('revert', '--yes')).code).toBe(0)
    rmSync(join(folder, 'again.yaml'))
    expect((await apply('revert', '--yes', '--prune')).code).toBe(0)
    file('again.yaml', manifests('again', 1))
    const back = await apply('revert', '--yes', '--prune')
    expect([back.code, back.errors.includes('deleted by')]).toEqual([0, false])
    expect(await values('again')).toEqual({ timeout: 1 })
  })

  it('deletes with --prune what the directory owned and no longer has, and nothing of anybody else', async () => {
    file('kept.yaml', manifests('kept', 1))
    file('extra.yaml', manifests('extra', 1))
    await apply('both', '--yes')
    rmSync(join(folder, 'extra.yaml'))
    const left = await apply('both', '--yes')
    expect(left.errors).toContain("3 of the directory's are no longer in it and stay; --prune deletes them.")
    const unnamed = await konfig(['apply', '-f', folder, '--prune', '--yes'])
    expect([unnamed.code, unnamed.errors.includes('--name')]).toEqual([2, true])
    expect((await apply('both', '--yes', '--prune')).code).toBe(0)
    const { items } = (await session(world, world.keys.editor)('GET /namespaces')).json as { items: { name: string }[] }
    const names = items.map(({ name }) => name)
    expect([names.includes('extra'), names.includes('kept'), names.includes('billing')]).toEqual([false, true, true])
  })

  it('counts resources whose labels alone change, one or several', async () => {
    file('labels.yaml', manifests('labels', 1))
    await konfig(['import', join(folder, 'labels.yaml')])
    const adopted = await apply('labels', '--yes')
    expect(adopted.errors).toContain('3 resources are as the files say already')
    expect(adopted.errors).toContain('0 to create, 0 to change, 3 to label, 0 to delete, 0 as they are.')
    file('labels.yaml', manifests('labels', 1).replace('name: labels}', 'name: labels, labels: {team: one}}'))
    const shown = await apply('labels', '--dry-run')
    expect(shown.errors).toContain('~ namespace labels\n    + label team: one')
    expect(shown.errors).toContain('0 to create, 0 to change, 1 to label, 0 to delete, 2 as they are.')
    file('labels.yaml', manifests('labels', 2).replace('name: labels}', 'name: labels, labels: {team: one}}'))
    expect((await apply('labels', '--dry-run')).errors).toContain(
      '0 to create, 2 to change, 1 to label, 0 to delete, 0 as they are.',
    )
  })

  it('leaves to a directory what it owns', async () => {
    file('owned.yaml', manifests('owned', 1))
    await apply('first', '--yes')
    file('owned.yaml', manifests('owned', 2))
    const refused = await apply('second', '--yes')
    expect(refused.code).toBe(7)
    expect(refused.errors).toContain('config owned/timeout belongs to directory first')
    expect((await apply('second', '--yes', '--take-over')).code).toBe(0)
  })

  it('refuses the whole where one change breaks a rule, with the place in the files', async () => {
    file('half.yaml', manifests('half', 1))
    file(
      'wrong.yaml',
      '# first\nkind: config\nmetadata: {name: size, namespace: half}\nspec: {type: number, value: text}\n',
    )
    const before = head()
    const refused = await apply('half', '--yes')
    expect([refused.code, head()]).toEqual([3, before])
    expect(refused.errors).toContain(`${join(folder, 'wrong.yaml')}:2: `)
  })

  it('leaves nothing half done when it is killed, whenever that is', async () => {
    const many = Array.from(
      { length: 400 },
      (_, index) =>
        `---\nkind: config\nmetadata: {name: k${index}, namespace: killed}\nspec: {type: number, value: ${index}}\n`,
    )
    file('killed.yaml', `kind: namespace\nmetadata: {name: killed}\n${many.join('')}`)
    const main = join(import.meta.dirname, '../../packages/cli/src/main.ts')
    const before = head()
    for (const millis of [250, 600, 1200, 2400]) {
      const child = spawn(process.execPath, [main, 'apply', '-f', folder, '--name', 'killed', '--yes'], {
        env: { PATH: process.env['PATH'], HOME: line.home, KONFIG_URL: world.url, KONFIG_API_KEY: world.keys.editor },
        stdio: 'ignore',
      })
      const ended = new Promise((resolve) => {
        child.on('exit', resolve)
      })
      const timer = setTimeout(() => child.kill('SIGKILL'), millis)
      await ended
      clearTimeout(timer)
      expect([before, before + 1]).toContain(head())
    }
    expect((await apply('killed', '--yes')).code).toBe(0)
    expect(head()).toBe(before + 1)
    expect(Object.keys((await values('killed')) as object)).toHaveLength(400)
  })
})

describe('validate', () => {
  it('needs no server, names file, line, place and rule, and ends with the code of the sort', async () => {
    const path = file(
      'a.yaml',
      'kind: config\nmetadata: {name: size, namespace: n}\nspec: {type: number, value: x}\n---\nkind: namespace\nmetadata: {name: n}\nspec: {colour: red}\n---\nkind: nonsense\nmetadata: {name: x}\n',
    )
    const ran = await konfig(['validate', folder], { env: { KONFIG_URL: 'http://127.0.0.1:1' } })
    expect(ran.code).toBe(3)
    expect(ran.errors).toContain(`${path}:1 /spec/value: The value of n/size breaks its rule`)
    expect(ran.errors).toContain(`${path}:5: /spec/colour`)
    expect(ran.errors).toContain(`${path}:9`)
    const json = JSON.parse((await konfig(['validate', folder, '--json'])).output) as { complaints: { line: number }[] }
    expect(json.complaints.map(({ line: at }) => at).sort((a, b) => a - b)).toEqual([1, 5, 9])
  })

  it('takes for open what is not among the files, unless it must not be', async () => {
    file(
      'a.yaml',
      'kind: override\nmetadata: {name: timeout, namespace: elsewhere, environment: production}\nspec: {value: 1}\n',
    )
    const open = await konfig(['validate', folder])
    expect([open.code, open.errors.includes('a server may have it')]).toEqual([0, true])
    expect((await konfig(['validate', folder, '--strict'])).code).toBe(3)
  })

  it('checks plain files against definitions', async () => {
    const definitions = file('definitions/n.yaml', manifests('shop-file', 30))
    const path = file('shop-file.yml', 'timeout: soon\nother: 1\n')
    const ran = await konfig(['validate', path, '--definitions', definitions])
    expect(ran.code).toBe(3)
    expect(ran.errors).toContain(`${path}:1`)
    expect((await konfig(['validate', path])).code).toBe(0)
  })
})

describe('import', () => {
  it('names the format of a dump that is given without it, and takes none for one that is none', async () => {
    const etcd = file(
      'etcd.json',
      '{"header":{"cluster_id":14841639068965178418},"kvs":[{"key":"YS9i","value":"MQ=="}]}',
    )
    const consul = file('consul.json', '[\n {"key":"a/b","flags":0,"value":"MQ=="}\n]')
    for (const [path, format] of [
      [etcd, 'etcd'],
      [consul, 'consul'],
    ] as const) {
      const ran = await konfig(['import', path])
      expect([ran.code, ran.errors]).toEqual([2, expect.stringContaining(`Add --format ${format}`)])
      expect((await konfig(['import', path, '--format', format, '--dry-run'])).code).toBe(0)
    }
    const other = file('headers.json', '{"header":{"name":"x"},"list":[{"key":"a","value":"b"}]}')
    expect((await konfig(['import', other, '--dry-run'])).code).toBe(0)
  })

  it('tells types, takes it once, and lists what conflicts with the way out', async () => {
    const path = file('wares.yml', 'port: 80\nname: x\n---\nspring.config.activate.on-profile: dev\nport: 81\n')
    const tried = await konfig(['import', path, '--dry-run'])
    expect(tried.errors).toContain('wares/port  number')
    expect((await konfig(['import', path])).errors).toContain('4 created')
    expect(await values('wares')).toEqual({ port: 81, name: 'x' })
    file('wares.yml', 'port: 90\nname: x\n')
    const refused = await konfig(['import', path])
    expect([refused.code, refused.errors.includes('--on-conflict skip')]).toEqual([7, true])
    expect(refused.errors).toContain(
      '1 value differs from what is there; choose --on-conflict skip or --on-conflict replace.',
    )
    expect(refused.errors).not.toContain('onConflict')
    expect((await konfig(['import', path, '--on-conflict', 'replace'])).errors).toContain('1 changed')
  })

  it('takes a directory of Spring Cloud Config in one commit, once', async () => {
    file('application.yml', 'spring-shared: 1\n')
    file('application-production.yml', 'spring-shared: 2\n')
    file('spring-vets.yml', 'own: x\n')
    file('spring-vets-production.properties', 'own=y\n')
    const before = head()
    const done = await konfig(['import', folder, '--json'])
    expect(`${done.code} ${done.errors}`).toBe('0 ')
    expect(head()).toBe(before + 1)
    const application = await session(
      world,
      world.keys.editor,
    )('GET /values?environment=production&application=spring-vets')
    expect(application.json).toMatchObject({ values: { 'spring-shared': 2, own: 'y' } })
    expect(JSON.parse((await konfig(['import', folder, '--json'])).output)).toMatchObject({ created: 0, commits: 0 })
  })

  it.each([
    ['latin1.yml', new Uint8Array([...Buffer.from('a: caf'), 0xe9, 0x0a]), 3, 'byte at offset 6'],
    ['utf16.yml', new Uint8Array([0xff, 0xfe, 0x61, 0, 0x3a, 0]), 3, 'UTF-16'],
    ['binary.yml', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), 3, 'binary'],
    ['proto.yml', '__proto__:\n  x: 1\n', 3, '__proto__'],
    [
      'bomb.yml',
      `a0: &a0 [x]\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]\n`).join('')}`,
      3,
      'multiply',
    ],
  ])('refuses %s before anything is sent', async (name, content, code, part) => {
    const path = file(name, content)
    const ran = await konfig(['import', path], { env: { KONFIG_URL: 'http://127.0.0.1:1' } })
    expect([ran.code, ran.errors.includes(part)]).toEqual([code, true])
  })

  it('takes Windows line ends, and names a key that is set twice', async () => {
    const path = file('windows.yml', 'a: 1\r\nb:\r\n  c: x\r\n')
    expect((await konfig(['import', path])).code).toBe(0)
    expect(await values('windows')).toEqual({ a: 1, 'b.c': 'x' })
    const twice = await konfig(['import', file('twice.yml', 'a: 1\na: 2\n')])
    expect([twice.code, twice.errors.includes('lines 1, 2')]).toEqual([7, true])
  })

  it('refuses a file of 100 MB by its size, unread, and says how to split it', async () => {
    const path = join(folder, 'huge.properties')
    const { openSync, ftruncateSync, closeSync } = await import('node:fs')
    const opened = openSync(path, 'w')
    ftruncateSync(opened, 100_000_000)
    closeSync(opened)
    const ran = await konfig(['import', path], { env: { KONFIG_URL: 'http://127.0.0.1:1' } })
    expect([ran.code, ran.errors.includes('64 MiB'), ran.errors.includes('Split it')]).toEqual([9, true, true])
  })

  it('follows links inside a directory once, and refuses those that lead out', async () => {
    file('tree/a.yaml', manifests('linked', 1))
    symlinkSync('..', join(folder, 'tree', 'loop'))
    symlinkSync('a.yaml', join(folder, 'tree', 'missing-target.txt'))
    const ran = await konfig(['validate', join(folder, 'tree')])
    expect([ran.code, ran.errors.includes('leads out of the folder')]).toEqual([2, true])
    rmSync(join(folder, 'tree', 'loop'))
    symlinkSync('.', join(folder, 'tree', 'self'))
    expect((await konfig(['validate', join(folder, 'tree')])).errors).toContain('1 file valid')
  })
})

describe('export', () => {
  it('says what stands in the way of its files', async () => {
    const taken = file('taken', 'a file')
    const ran = await konfig(['export', '-o', taken, '-n', 'billing'])
    expect([ran.code, ran.errors]).toEqual([2, expect.stringContaining('what should be a folder on its way is a file')])
  })

  it('writes a folder that applies without a change, without the labels of apply', async () => {
    file('out.yaml', manifests('out', 5))
    await apply('out', '--yes')
    const target = join(folder, 'exported')
    expect((await konfig(['export', '-o', target, '-n', 'out'])).code).toBe(0)
    const text = readFileSync(join(target, 'namespaces', 'out.yaml'), 'utf8')
    expect([text.includes('konfig/'), readdirSync(join(target, 'namespaces'))]).toEqual([false, ['out.yaml']])
    rmSync(join(folder, 'out.yaml'))
    expect((await apply('out', '--yes')).errors).toContain('Nothing to do')
  })

  it('writes each format, and imports it again without a change', async () => {
    await konfig(['import', '-', '-n', 'round', '-f', 'yaml'], { input: 'PORT: 80\nNAME: a b\n' })
    for (const format of ['spring', 'toml', 'properties', 'env', 'docker', 'configmap', 'consul', 'etcd']) {
      const { output, code } = await konfig(['export', '-n', 'round', '-f', format])
      expect(`${format} ${code}`).toBe(`${format} 0`)
      const options = format === 'consul' || format === 'etcd' ? [] : ['-n', 'round']
      const again = await konfig(['import', '-', '-f', format === 'spring' ? 'yaml' : format, ...options, '--json'], {
        input: output,
      })
      expect(`${format} ${again.code} ${again.errors}`).toBe(`${format} 0 `)
      expect(JSON.parse(again.output)).toMatchObject({ created: 0, changed: 0, commits: 0 })
    }
  })
})

describe('promote', () => {
  it('copies chosen values as overrides after showing them, and nothing when they are the same', async () => {
    file('p.yaml', manifests('promoted', 7))
    await apply('promoted', '--yes')
    const words = ['promote', 'promoted/timeout', '--from', 'production', '--to', 'staging']
    const asked = await konfig(words, { answers: ['y'] })
    expect(asked.errors).toContain('staging: 7 → 14')
    expect([asked.code, await values('promoted', 'staging')]).toEqual([0, { timeout: 14 }])
    expect((await konfig([...words, '--yes'])).errors).toContain('Nothing to do')
    expect(
      (await konfig(['promote', 'promoted/nothing', '--from', 'production', '--to', 'staging', '--yes'])).code,
    ).toBe(6)
  })
})
