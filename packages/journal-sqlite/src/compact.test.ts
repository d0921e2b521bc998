import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compactSqlite } from './compact.ts'
import { openSqlite } from './open.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konfig-compact-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const word = 'SEALED-BYTES-OF-A-ROW'
const payload = (size: number) => Buffer.from(word.repeat(size))

describe('what was erased from a file', () => {
  it('is in none of its bytes any more, and the rest is there, where the file is written anew', async () => {
    const path = join(folder, 'konfig.db')
    const { journal, records } = await openSqlite({ path, clock: { now: () => 1 } })
    for (let first = 1; first <= 20; first++)
      await journal.append([{ log: 'gone', first, last: first, payload: payload(1000) }])
    await journal.append([{ log: 'stays', first: 1, last: 1, payload: Buffer.from('another row') }])
    for (let at = 0; at < 40; at++) {
      await records.put({ collection: 'c', id: `r${at}`, expected: undefined, version: 'v', value: payload(60) })
      await records.delete({ collection: 'c', id: `r${at}` }, 'v')
    }
    await journal.erase('gone')
    await compactSqlite(path)
    expect(await journal.head('gone')).toBe('erased')
    expect(await journal.head('stays')).toBe(1)
    await journal.close()
    expect(readFileSync(path).includes(word)).toBe(false)
  })

  it('of a log is in none of its bytes by itself', async () => {
    const path = join(folder, 'konfig.db')
    const { journal } = await openSqlite({ path, clock: { now: () => 1 } })
    for (let first = 1; first <= 20; first++)
      await journal.append([{ log: 'gone', first, last: first, payload: payload(1000) }])
    await journal.erase('gone')
    await journal.close()
    expect(readFileSync(path).includes(word)).toBe(false)
  })
})
