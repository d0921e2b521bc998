// A server's program as a child of this process: found, started in a folder of its own, and ended whatever happens. Knows no particular server.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Whom a server runs as: some refuse to run as root. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** This user, or where that is root, the named one. */
export const ownerFor = (user: string): Owner | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** A folder for a server's data, inside one that its user may pass through. Goes when this process ends. */
export const dataFolder = (
  name: string,
  owner: Owner | undefined,
  parent: string = tmpdir(),
): { readonly path: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(parent, `konfig-${name}-`))
  chmodSync(folder, 0o711)
  const path = join(folder, 'data')
  mkdirSync(path, { mode: 0o700 })
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid)
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return {
    path,
    remove: () => {
      process.removeListener('exit', remove)
      remove()
    },
  }
}

/** A file that nobody but the server's user reads. */
export const writeOwned = (path: string, content: Uint8Array, owner: Owner | undefined): void => {
  writeFileSync(path, content, { mode: 0o600 })
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid)
}

/** Where and how a server runs, for tests that take something from it. */
export interface Ground {
  /** Its data lies below this folder. */
  readonly parent?: string
  readonly environment?: { readonly [name: string]: string }
  /** More options, in its own words. */
  readonly settings?: readonly string[]
}

export interface Program {
  readonly pid: number
  /** Ends it by this signal and waits. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>
  /** What it wrote last, for the message of a failed start. */
  readonly output: () => string
  readonly ended: () => boolean
}

export const startProgram = (
  command: string,
  parameters: readonly string[],
  owner: Owner | undefined,
  environment: { readonly [name: string]: string } = {},
): Program => {
  const child: ChildProcess = spawn(command, [...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...environment },
    ...owner,
  })
  let output = ''
  let over = false
  const keep = (data: Buffer): void => {
    output = (output + data.toString()).slice(-4000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      over = true
      resolve()
    }
    child.on('error', (error) => {
      output += String(error)
      finish()
    })
    child.on('exit', finish)
  })
  // The last thing that this process does: a server that outlives its test would stay for good.
  const kill = (): void => void child.kill('SIGQUIT')
  process.once('exit', kill)
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended: () => over,
    end: async (signal) => {
      if (!over) child.kill(signal)
      await ended
      process.removeListener('exit', kill)
    },
  }
}

/** One that has ended by itself meanwhile needs nothing. */
export const signalProcess = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {}
}

const threadsOf = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

const stateOf = (pid: number, thread: string): string | undefined => {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

/** Nothing of this process runs once it returns: on a busy machine, one of its threads may go on answering after it was told. Answers how to let it go on. */
export const freezeProcess = (pid: number): (() => void) => {
  signalProcess(pid, 'SIGSTOP')
  while (threadsOf(pid).some((thread) => !/[TZX]/.test(stateOf(pid, thread) ?? 'X'))) continue
  return () => signalProcess(pid, 'SIGCONT')
}

/** A limit for what hangs: on a busy machine a server takes long to start. */
const patienceMillis = 60_000

/** Asks again until the server is ready; throws with its output where it ends, or hangs. */
export const untilReady = async (program: Program, isReady: () => Promise<boolean>): Promise<void> => {
  const until = performance.now() + patienceMillis
  while (performance.now() < until) {
    if (program.ended()) throw new Error(`the server ended:\n${program.output()}`)
    if (await isReady().catch(() => false)) return
    await wait(50)
  }
  throw new Error(`the server was not ready after ${patienceMillis / 1000} seconds:\n${program.output()}`)
}
