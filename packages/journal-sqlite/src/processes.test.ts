// Several processes on one file, and processes that are killed while they write.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Journal } from '@konfig/journal'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqlite } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

const program = join(import.meta.dirname, 'testing', 'writer.ts')

/** Runs a writer to its end, or kills it without warning after so many acknowledgements; answers what it was told had landed. */
const write = (path: string, writer: string, count: number, killAfter = Infinity): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, path, writer, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let told = ''
    child.stdout.on('data', (data: Buffer) => {
      told += data.toString()
      if (told.split('\n').length > killAfter) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(told.split('\n').filter((line) => line !== '')))
  })

const contents = async (journal: Journal): Promise<readonly string[]> => {
  const lines: string[] = []
  for (let after = 0; ; ) {
    const page = await journal.read('log', after, 1000)
    if (page === 'erased' || page.length === 0) return lines
    for (const { first, payload } of page) lines.push(`${first} ${Buffer.from(payload).toString()}`)
    after = page.at(-1)?.last ?? after
  }
}

const revisions = (lines: readonly string[]): readonly number[] => lines.map((line) => Number(line.split(' ')[0]))

describe('processes on one file', () => {
  it('append to one log with dense revisions, and each finds what it was told had landed', async () => {
    const path = join(folder, 'shared.db')
    const told = (await Promise.all([write(path, 'a', 150), write(path, 'b', 150), write(path, 'c', 150)])).flat()
    const { journal } = await openSqlite({ path, clock: { now: Date.now } })
    const lines = await contents(journal)
    await journal.close()
    expect(revisions(lines)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1))
    expect(new Set(lines)).toEqual(new Set(told))
  })

  it('lose nothing that was acknowledged when they are killed while they write', async () => {
    const path = join(folder, 'killed.db')
    const told: string[] = []
    for (let round = 0; round < 6; round += 1) {
      const lines = await Promise.all([
        write(path, `a${round}`, 100_000, 20 + 13 * round),
        write(path, `b${round}`, 100_000, 10 + 17 * round),
      ])
      told.push(...lines.flat())
    }
    const { journal } = await openSqlite({ path, clock: { now: Date.now } })
    const lines = await contents(journal)
    await journal.close()
    expect(told.length).toBeGreaterThan(300)
    const there = new Set(lines)
    expect(told.filter((line) => !there.has(line))).toEqual([])
    expect(revisions(lines)).toEqual(lines.map((_, index) => index + 1))
  })
})
