// A node of Konfig as a process that may be killed and started again: which URL it has now, and which of its lives it is in.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Child, cleanEnvironment, startChild } from '../../harness/child.ts'

const main = join(import.meta.dirname, '../../../packages/server/src/main.ts')
const listening = /"url":"([^"]+)".*"msg":"Listening"/
const administrator = /shown this once: (\S+) {2}(\S+)/

export type Options = { readonly [variable: `KONFIG_${string}`]: string }

export interface Life {
  /** `node 2, start 5` */
  readonly process: string
  readonly url: string
}

export interface Node {
  readonly name: string
  /** Where it listens; undefined while it does not. */
  readonly life: () => Life | undefined
  /** Starts it and waits until it listens. Rejects with what it printed where it ends instead. */
  readonly start: () => Promise<void>
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** Frozen, its connections stay; answers how to let it go on. */
  readonly freeze: () => () => void
  /** The login that its very first start printed. */
  readonly login: () => { readonly email: string; readonly password: string } | undefined
  /** The last that it printed as errors. */
  readonly errors: () => string
  /** What it printed, of each start. */
  readonly outputs: () => readonly string[]
  /** The processes that it started; none where it has no workers. */
  readonly workers: () => readonly number[]
  /** Lines of its server log, of all its lives, that hold this. */
  readonly lines: (text: string) => readonly string[]
  readonly remove: () => Promise<void>
}

export const newNode = (
  name: string,
  options: Options,
  environment: { readonly [name: string]: string },
  /** Told of an end that nobody asked for. */
  complain: (what: string) => void,
): Node => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-faults-'))
  let starts = 0
  let child: Child | undefined
  let life: Life | undefined
  const children: Child[] = []
  /** What this run made goes with it, whatever becomes of the run. */
  const atExit = (): void => child?.kill('SIGKILL')
  process.once('exit', atExit)

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ending = child
    life = undefined
    ending?.kill(signal)
    await ending?.ended
  }
  const start = async (): Promise<void> => {
    await end('SIGKILL')
    starts += 1
    const started = startChild(process.execPath, [main], {
      env: {
        ...cleanEnvironment(),
        ...environment,
        KONFIG_DATA: folder,
        KONFIG_HOST: '127.0.0.1',
        KONFIG_PORT: '0',
        KONFIG_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
        KONFIG_API_KEY_COST: '4',
        KONFIG_DRAIN_SECONDS: '1',
        KONFIG_ACCESS_LOG: 'off',
        ...options,
      },
    })
    child = started
    children.push(started)
    const [, url = ''] = await started.waitFor(listening)
    // It may have been killed meanwhile.
    if (child === started) life = { process: `${name}, start ${starts}`, url }
    started.ended.then(
      () => {
        if (child !== started || life === undefined) return
        life = undefined
        complain(`${name} ended by itself: ${started.errors().slice(-1000)}`)
      },
      () => undefined,
    )
  }
  return {
    name,
    life: () => life,
    start,
    end,
    freeze: () => {
      const frozen = child
      frozen?.kill('SIGSTOP')
      return () => frozen?.kill('SIGCONT')
    },
    login: () => {
      const [, email, password] = administrator.exec(children[0]?.output() ?? '') ?? []
      return email === undefined || password === undefined ? undefined : { email, password }
    },
    outputs: () => children.map((each) => each.output()),
    workers: () => {
      try {
        const told = execFileSync('ps', ['-o', 'pid=', '--ppid', String(child?.pid ?? 0)], { encoding: 'utf8' })
        return told.trim().split(/\s+/).map(Number)
      } catch {
        // It has none.
        return []
      }
    },
    lines: (text) =>
      children.flatMap((each) =>
        each
          .output()
          .split('\n')
          .filter((line) => line.includes(text)),
      ),
    errors: () => (child?.errors() ?? '').slice(-2000),
    remove: async () => {
      await end('SIGKILL')
      process.removeListener('exit', atExit)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits for a first administrator: it is printed after the place. */
export const loginOf = async (node: Node): Promise<{ readonly email: string; readonly password: string }> => {
  for (let tries = 0; tries < 1200; tries += 1) {
    const found = node.login()
    if (found !== undefined) return found
    await wait(50)
  }
  throw new Error(`the first start printed no administrator:\n${node.errors()}`)
}
