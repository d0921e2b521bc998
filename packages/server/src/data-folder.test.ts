import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDataFolder } from './data-folder.ts'

const place = mkdtempSync(join(tmpdir(), 'konfig-folder-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('the data folder', () => {
  it('is made with all that it lies in, and may be there already', async () => {
    const deep = join(place, 'a b', 'c', 'd')
    await openDataFolder(deep)
    await openDataFolder(deep)
    expect(existsSync(deep)).toBe(true)
  })

  it('is refused in words where it is a file, lies below one, or below what takes no folders', async () => {
    const file = join(place, 'file')
    writeFileSync(file, '')
    for (const path of [file, join(file, 'below'), '/dev/null/below', '/proc/konfig/below'])
      await expect(openDataFolder(path)).rejects.toThrow(/^The data folder .*DATA=/)
  })
})
