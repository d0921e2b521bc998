// Two real PostgreSQL servers on loopback: one takes writes, the other follows it synchronously, so that nothing is acknowledged before both
// have it. The one may be killed and the other promoted, after which the first is made anew as its standby.
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { binaries, query } from './postgres.ts'
import { freePort } from './port.ts'
import { dataFolder, ownerFor, type Program, startProgram, untilReady } from './program.ts'

export interface StandbyPair {
  readonly ports: readonly number[]
  /** Which of them takes writes. */
  readonly primary: () => number
  /** Kills the one that takes writes; the other takes them from now on, once it has a standby itself. */
  readonly failOver: () => Promise<void>
  /** Makes the one that was killed anew, as the standby of the other. */
  readonly rejoin: () => Promise<void>
  /** The standby is away: nothing is acknowledged. Answers how to bring it back. */
  readonly loseStandby: () => Promise<() => Promise<void>>
  readonly remove: () => Promise<void>
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'wal_level=replica',
  'max_wal_size=128MB',
  'wal_keep_size=256MB',
  'hot_standby=on',
  // Each waits for the other, whichever of them takes the writes.
  'synchronous_standby_names=ANY 1 (member0, member1)',
]

export const startStandbyPair = async (): Promise<StandbyPair> => {
  const bin = binaries()
  const owner = ownerFor('postgres')
  const folders = [dataFolder('postgres', owner), dataFolder('postgres', owner)]
  const ports = [await freePort(), await freePort()]
  const programs = new Map<number, Program>()
  let primary = 0
  const pathOf = (member: number): string => folders[member]?.path ?? ''
  const urlOf = (member: number): string => `postgres://postgres@127.0.0.1:${ports[member]}/postgres`
  const tool = (name: string, ...words: readonly string[]): void => {
    execFileSync(`${bin}/${name}`, words, { stdio: 'pipe', cwd: '/', ...owner })
  }

  const start = async (member: number): Promise<void> => {
    const options = [...settings, `port=${ports[member]}`].flatMap((option) => ['-c', option])
    const program = startProgram(`${bin}/postgres`, ['-D', pathOf(member), ...options], owner)
    programs.set(member, program)
    await untilReady(program, async () => (await query(urlOf(member), 'SELECT 1')).length === 1)
  }
  /** The server and all that it started. */
  const kill = async (member: number): Promise<void> => {
    const program = programs.get(member)
    if (program === undefined) return
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(program.pid)], { encoding: 'utf8' })
    await program.end('SIGKILL')
    for (const pid of children.trim().split(/\s+/).map(Number))
      try {
        process.kill(pid, 'SIGKILL')
      } catch {}
    programs.delete(member)
  }
  const follow = async (member: number, leader: number): Promise<void> => {
    // The folder itself stays: the server's user could not make it again.
    for (const name of readdirSync(pathOf(member))) rmSync(join(pathOf(member), name), { recursive: true, force: true })
    const source = `host=127.0.0.1 port=${ports[leader]} user=postgres application_name=member${member}`
    tool('pg_basebackup', '-D', pathOf(member), '-R', '-X', 'stream', '-c', 'fast', '--no-sync', '-d', source)
    await start(member)
  }

  tool('initdb', '-D', pathOf(0), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync')
  await start(0)
  await follow(1, 0)
  const other = (): number => 1 - primary
  return {
    ports,
    primary: () => primary,
    failOver: async () => {
      await kill(primary)
      await query(urlOf(other()), 'SELECT pg_promote(true, 30)')
      primary = other()
    },
    rejoin: async () => {
      if (!programs.has(other())) await follow(other(), primary)
    },
    loseStandby: async () => {
      const lost = other()
      await kill(lost)
      return () => start(lost)
    },
    remove: async () => {
      for (const member of [0, 1]) await kill(member)
      for (const { remove } of folders) remove()
    },
  }
}
