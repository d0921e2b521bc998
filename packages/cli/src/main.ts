// The way in of the process: its arguments, its terminal, its signals, its exit code. Owns nothing else.
import { randomUUID } from 'node:crypto'
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

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  terminal: processTerminal(),
  now: Date.now,
  newId: randomUUID,
  get signal() {
    return signal()
  },
})
