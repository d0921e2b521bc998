// Nothing acknowledged is ever lost, and what was altered behind our back is found and named. On SQLite, with real processes and real kills.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { verifyLog } from '@konfig/journal'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openInstallationIn } from '../harness/installation.ts'

const writer = join(import.meta.dirname, '../programs/writer.ts')
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konfig-durability-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const acknowledged = (output: string): readonly number[] =>
  [...output.matchAll(/acknowledged (\d+)\n/g)].map((match) => Number(match[1]))

/** Starts the writer and kills it with SIGKILL once it has acknowledged so many. */
const killAfter = (count: number): Promise<readonly number[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, folder, '100000', 'snapshots'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
      if (acknowledged(output).length >= count) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(acknowledged(output)))
  })

describe('a killed process', () => {
  it('loses nothing that it acknowledged, and the next one goes on from there', async () => {
    let last = 0
    for (const count of [1, 7, 40, 90]) {
      const seen = await killAfter(count)
      expect(seen[0]).toBeGreaterThan(last)
      last = seen.at(-1) as number
      const { app, close } = await openInstallationIn(folder)
      const state = app.platform.state()
      expect(state.revision).toBeGreaterThanOrEqual(last)
      // Dense: every revision up to the head put one namespace, and all are there.
      expect(state.names('namespace').length).toBe(state.revision)
      expect(await verifyLog(app.journal, app.platform.log)).toMatchObject({
        ok: true,
        head: { revision: state.revision },
      })
      last = state.revision
      await close()
    }
  })
})

describe('an acknowledgement', () => {
  it('is never given before an fsync of the write-ahead log', () => {
    const trace = join(folder, 'trace')
    const run = spawnSync(
      'strace',
      ['-f', '-o', trace, '-e', 'trace=fsync,fdatasync,write', process.execPath, writer, folder, '25'],
      { encoding: 'utf8' },
    )
    expect(run.status).toBe(0)
    expect(acknowledged(run.stdout)).toHaveLength(25)
    let synced = 0
    const before: number[] = []
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      if (/\b(fsync|fdatasync)\(/.test(line) && !line.includes('unfinished')) synced++
      if (/(fsync|fdatasync) resumed>.*= 0/.test(line)) synced++
      if (line.includes('"acknowledged ')) {
        before.push(synced)
        synced = 0
      }
    }
    expect(before).toHaveLength(25)
    expect(before.filter((fsyncs) => fsyncs === 0)).toEqual([])
  })
})

describe('a byte that was changed in the database', () => {
  it('is found when the log is loaded, and its revision is named', async () => {
    spawnSync(process.execPath, [writer, folder, '12'])
    const database = new DatabaseSync(join(folder, 'konfig.db'))
    const { log } = database
      .prepare('SELECT log, count(*) AS n FROM batches GROUP BY log ORDER BY n DESC LIMIT 1')
      .get() as { log: string }
    const row = database.prepare('SELECT payload FROM batches WHERE log = ? AND first = 7').get(log) as {
      payload: Uint8Array
    }
    const payload = Uint8Array.from(row.payload)
    payload[payload.length - 3] = (payload[payload.length - 3] as number) ^ 1
    database.prepare('UPDATE batches SET payload = ? WHERE log = ? AND first = 7').run(payload, log)
    database.close()
    await expect(openInstallationIn(folder)).rejects.toMatchObject({
      failure: { code: 'journal_corrupt', data: { log, revision: 7 } },
    })
  })
})
