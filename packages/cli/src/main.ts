// The way in of the process: its arguments, its terminal, its signals, its exit code. Owns nothing else.
import type { World } from './deps.ts'
import { exitCodes } from './exit.ts'
import { runCommand } from './run.ts'
import { processTerminal } from './terminal/process.ts'

let stopping: AbortController | undefined

/** From the first time that a verb asks for it Ctrl-C is the verb's to answer; before, it ends the process at once. */
const signal = (): AbortSignal => {
  if (stopping !== undefined) return stopping.signal
  const controller = new AbortController()
  stopping = controller
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}

const world: World = {
  env: process.env,
  terminal: processTerminal(),
  now: Date.now,
  // Loaded where a write needs it: it takes as long as all else of a start together.
  newId: () => process.getBuiltinModule('node:crypto').randomUUID(),
  get signal() {
    return signal()
  },
}

runCommand(process.argv.slice(2), world).then(
  (code) => {
    process.exitCode = code
  },
  (reason: unknown) => {
    throw reason
  },
)
