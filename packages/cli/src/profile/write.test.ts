import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readProfiles } from './read.ts'
import { changeProfiles } from './write.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konfig-profiles-'))
  path = join(folder, 'konfig/config.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const add = (name: string) =>
  changeProfiles(path, ({ profiles }) => ({
    current: name,
    profiles: { ...profiles, [name]: { url: 'https://a.example' } },
  }))

describe('the file of profiles', () => {
  it('is made for its owner alone, in a folder for its owner alone', async () => {
    await add('one')
    expect([statSync(path).mode & 0o777, statSync(join(folder, 'konfig')).mode & 0o777]).toEqual([0o600, 0o700])
  })

  it('loses no change when many write at once', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`)
    await Promise.all(names.map(add))
    expect(Object.keys(readProfiles(path).profiles).toSorted()).toEqual(names)
    expect(readdirSync(join(folder, 'konfig'))).toEqual(['config.json'])
  })

  it('stays as it was where a change fails, and is unlocked', async () => {
    await add('one')
    const before = readFileSync(path, 'utf8')
    await expect(changeProfiles(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(readFileSync(path, 'utf8')).toBe(before)
    await add('two')
  })

  it('is taken from a process that died with the lock', async () => {
    await add('one')
    writeFileSync(`${path}.lock`, '')
    const long = new Date(Date.now() - 120_000)
    utimesSync(`${path}.lock`, long, long)
    await add('two')
    expect(Object.keys(readProfiles(path).profiles)).toEqual(['one', 'two'])
  })

  it('that is a link stays one: what it points to is changed, for its owner alone, with nothing beside it', async () => {
    await add('one')
    const [inside, elsewhere] = [join(folder, 'konfig'), join(folder, 'dotfiles')]
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'konfig.json'), readFileSync(path), { mode: 0o644 })
    rmSync(path)
    symlinkSync('../dotfiles/konfig.json', path)
    await Promise.all([add('two'), add('three')])
    expect([lstatSync(path).isSymbolicLink(), readlinkSync(path)]).toEqual([true, '../dotfiles/konfig.json'])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(Object.keys(readProfiles(path).profiles).toSorted()).toEqual(['one', 'three', 'two'])
    expect([readdirSync(inside), readdirSync(elsewhere)]).toEqual([['config.json'], ['konfig.json']])
  })

  it('that is a link to a file which is not there yet makes that file, also through another link', async () => {
    mkdirSync(join(folder, 'konfig'))
    symlinkSync(join(folder, 'second'), path)
    symlinkSync('third', join(folder, 'second'))
    await add('one')
    expect([lstatSync(path).isSymbolicLink(), lstatSync(join(folder, 'third')).mode & 0o777]).toEqual([true, 0o600])
  })

  it('that is a link to itself is refused with words', async () => {
    mkdirSync(join(folder, 'konfig'))
    symlinkSync('config.json', path)
    await expect(add('one')).rejects.toThrow('cannot be')
  })

  it('is refused with words where it is spoilt, and warned of where others can read it', async () => {
    await add('one')
    writeFileSync(path, '{"profiles":', { mode: 0o600 })
    expect(() => readProfiles(path)).toThrow('cannot be read')
    rmSync(path)
    writeFileSync(path, '{"profiles":{}}', { mode: 0o644 })
    expect(readProfiles(path).warning).toContain('chmod 600')
  })
})
