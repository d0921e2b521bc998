// A server as its own process, as `make run` starts it or as another command does: options from the environment, output to be read, signals to be sent.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../packages/server/src/main.ts')

export interface Child {
  readonly pid: number | undefined
  /** Everything printed so far. */
  readonly output: () => string
  readonly errors: () => string
  /** Rejects where the process ends before it prints that. */
  readonly waitFor: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly ended: Promise<number | null>
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => void
}

/** Nothing of ours, and nothing of the test run. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('KONFIG_') && !/^(VITEST|NODE_OPTIONS|NODE_V8_COVERAGE)/.test(name),
    ),
  )

export const startServer = (options: { readonly [variable: `KONFIG_${string}`]: string }): Child =>
  startChild(process.execPath, [main], { env: { ...cleanEnvironment(), ...options } })

export const startChild = (
  command: string,
  words: readonly string[],
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string },
): Child => {
  const child: ChildProcess = spawn(command, words, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  const looking = new Set<() => void>()
  const look = (): void => {
    for (const each of looking) each()
  }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    look()
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  let over = false
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      over = true
      look()
      resolve(code)
    })
  })
  return {
    pid: child.pid,
    output: () => output,
    errors: () => errors,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const each = (): void => {
          const found = pattern.exec(output)
          if (found === null && !over) return
          looking.delete(each)
          if (found === null) reject(new Error(`the process ended without ${String(pattern)}:\n${output}\n${errors}`))
          // What it said before by the other way is here by then, too.
          else setImmediate(resolve, found)
        }
        looking.add(each)
        each()
      }),
    ended,
    kill: (signal) => {
      child.kill(signal)
    },
  }
}
