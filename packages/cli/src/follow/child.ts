// A program that runs below this one: started, signalled, stopped; its end is our end. Knows nothing of values.
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { refuse } from '../problem/problem.ts'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It never ran; a shell that says 127 of what it was to run did. */
  readonly unstarted?: true
}

export interface Child {
  readonly ended: Promise<Ended>
  readonly kill: (signal: NodeJS.Signals) => void
}

/** As a shell says it: 127 not found, 126 not to be run. */
const notFound = 127
const notRunnable = 126

export const exitCodeOf = ({ code, signal }: Ended): number =>
  code ?? (signal === null ? 1 : 128 + (constants.signals[signal] ?? 0))

export const startChild = (command: string, words: readonly string[], env: NodeJS.ProcessEnv): Child => {
  const child: ChildProcess = spawn(command, words, { env, stdio: 'inherit' })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', (reason: NodeJS.ErrnoException) => {
      if (reason.code === 'ENOENT') resolve({ code: notFound, signal: null, unstarted: true })
      else if (reason.code === 'EACCES') resolve({ code: notRunnable, signal: null, unstarted: true })
      else reject(reason)
    })
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  return {
    ended,
    kill: (signal) => {
      child.kill(signal)
    },
  }
}

export const startFailure = (command: string, { code, unstarted }: Ended): string | undefined => {
  if (unstarted !== true) return undefined
  return code === notFound ? `There is no program ${command}.` : `${command} may not be run.`
}

export const signalNamed = (text: string): NodeJS.Signals => {
  const name = (
    text.toUpperCase().startsWith('SIG') ? text.toUpperCase() : `SIG${text.toUpperCase()}`
  ) as NodeJS.Signals
  return Object.hasOwn(constants.signals, name)
    ? name
    : refuse({ code: 'usage', outcome: 'usage', detail: 'There is no such signal.', next: 'Such as HUP or USR1.' })
}
