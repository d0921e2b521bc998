// `konfig audit verify` against a real server: what it keeps, and what it holds a later answer to.
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandLine, openCommandLine } from '../harness/command.ts'
import { openWorld, password, type World } from '../harness/world.ts'

let world: World
let line: CommandLine
const at = (name: string): string => join(line.home, name)
const verify = (...words: string[]) => line.run(['audit', 'verify', ...words])

beforeAll(async () => {
  world = await openWorld()
  line = openCommandLine(world.url)
  await line.run(['login', '--email', 'owner@acme.example', '--tenant', 'acme', '--password-stdin'], {
    input: password,
  })
})
afterAll(async () => {
  line.close()
  await world.close()
})

describe('the audit as a table', () => {
  it('names who it was, and the id where there is no name', async () => {
    const { output } = await line.run(['audit', 'list', '--limit', '1', '--output', 'table'])
    expect(output).toMatch(/^TIME +TYPE +ACTOR\n\S+ +login +owner@acme\.example\n$/)
  })
})

describe('the audit as a file', () => {
  it.each([
    ['csv', /^time,id,log,[^\n]*\n\d{4}-[^\n]*\n$/],
    ['syslog', /^<\d+>1 \d{4}-[^\n]*\n$/],
  ])('is %s as the server writes it, and says that there is more', async (format, written) => {
    await line.run(['whoami'])
    const ran = await line.run(['audit', 'list', '--format', format, '--limit', '1'])
    expect(ran).toEqual({
      code: 0,
      output: expect.stringMatching(written),
      errors: '… and more: add --limit 0 for all.\n',
    })
    const json = await line.run(['audit', 'list', '--format', format, '--json'])
    expect(json).toMatchObject({ code: 2, output: '' })
  })
})

describe('verifying the audit on the command line', () => {
  it('keeps where the logs stand, a line each, and adds to what is there', async () => {
    for (const count of [2, 4]) {
      expect(await verify('--keep', at('heads.txt'))).toMatchObject({ code: 0 })
      expect(readFileSync(at('heads.txt'), 'utf8').trim().split('\n')).toHaveLength(count)
    }
  })

  it('holds the logs to what was kept, and the answer to the key that was kept', async () => {
    const { publicKey } = JSON.parse((await verify('--json')).output) as { publicKey: { pem: string } }
    writeFileSync(at('konfig.pem'), publicKey.pem)
    expect(await verify('--expect-head', at('heads.txt'), '--public-key', at('konfig.pem'))).toMatchObject({
      code: 0,
      output: expect.stringMatching(/✓ config +whole, up to revision \d+\n✓ access +whole/),
    })
  })

  it('does not believe a server that signs with another key', async () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    writeFileSync(at('other.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
    expect(await verify('--public-key', at('other.pem'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('signs with another key'),
    })
  })

  it('refuses a line that was changed, and names a log that is not there', async () => {
    const [kept = ''] = readFileSync(at('heads.txt'), 'utf8').split('\n')
    const words = kept.split(' ')
    writeFileSync(at('changed.txt'), kept.replace(` ${words[2]} `, ' 1000 '))
    expect(await verify('--expect-head', at('changed.txt'))).toMatchObject({
      code: 2,
      errors: expect.stringContaining('not to be believed'),
    })
    expect(await line.run(['platform', 'audit', 'verify', '--expect-head', at('heads.txt')])).toMatchObject({ code: 5 })
  })

  it('says which file is no such file', async () => {
    writeFileSync(at('empty.txt'), 'nothing\n')
    for (const [flag, file] of [
      ['--expect-head', 'none.txt'],
      ['--expect-head', 'empty.txt'],
      ['--public-key', 'empty.txt'],
    ] as const)
      expect(await verify(flag, at(file))).toMatchObject({ code: 2, errors: expect.stringContaining(file) })
    expect(await line.run(['doctor', '--expect-head', at('heads.txt')])).toMatchObject({ code: 2 })
  })
})
