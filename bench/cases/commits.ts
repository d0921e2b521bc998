// Durable commits through the use case (decide, seal, append, evolve) on SQLite, against a bare insert with the same durability.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { slowDisk } from '../disk/shim.ts'
import { atLeast, type Case } from '../figure.ts'
import { firstLine } from '../load/processes.ts'

interface Measured {
  readonly one: number
  readonly many: number
}

const measure = async (
  rounds: number,
  count: number,
  environment: Readonly<Record<string, string>>,
): Promise<Measured> => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'commits-child.ts'), String(rounds), String(count)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    },
  )
  return JSON.parse(await firstLine(child)) as Measured
}

export const commits: Case = async (say) => {
  const how =
    'node:sqlite autocommit insert of 400 B (WAL, synchronous=FULL) against commit() of one config, same process, alternating rounds, median'
  say('commits: the disk as it is')
  const plain = await measure(7, 640, {})
  say('commits: every fsync 2 ms later')
  const slow = await measure(5, 128, slowDisk())
  return [
    atLeast('commit, one writer', plain.one, 0.35, 'of a bare insert', how),
    atLeast('commit, one writer, 2 ms fsync', slow.one, 0.8, 'of a bare insert', how),
    atLeast('commits of 64 writers on one log', plain.many, 6, 'times one writer', how),
    atLeast('commits of 64 writers on one log, 2 ms fsync', slow.many, 20, 'times one writer', how),
  ]
}
