// The terminal of this process. Owns closed pipes and hidden input; must not know any command.
import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { exitCodes } from '../exit.ts'
import { onlyColours } from '../output/plain.ts'
import type { Terminal } from './terminal.ts'

const readAll = async (): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const part of process.stdin) parts.push(part as Uint8Array)
  return Buffer.concat(parts)
}

const ask = async (question: string): Promise<string | undefined> => {
  const { createInterface } = await import('node:readline')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise((resolve) => {
    lines.on('close', () => resolve(undefined))
    lines.on('SIGINT', () => {
      lines.close()
      process.stderr.write('\n')
      process.kill(process.pid, 'SIGINT')
    })
    lines.question(question, (answer) => {
      resolve(answer)
      lines.close()
    })
  })
}

const erasing = new Set(['\u0008', '\u007f'])
const ending = new Set(['\r', '\n', '\u0004'])

const askHidden = (question: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    process.stderr.write(question)
    const { stdin } = process
    stdin.setRawMode(true)
    stdin.setEncoding('utf8')
    stdin.resume()
    let typed: readonly string[] = []
    const finish = (answer: string | undefined): void => {
      stdin.setRawMode(false)
      stdin.off('data', take)
      stdin.off('end', close)
      stdin.pause()
      process.stderr.write('\n')
      resolve(answer)
    }
    const close = (): void => finish(undefined)
    const take = (text: string | Uint8Array): void => {
      for (const character of text.toString()) {
        if (character === '\u0003') {
          finish(undefined)
          process.kill(process.pid, 'SIGINT')
          return
        }
        if (ending.has(character))
          return finish(typed.length === 0 && character === '\u0004' ? undefined : typed.join(''))
        if (character === '\u0015') typed = []
        else if (erasing.has(character)) typed = typed.slice(0, -1)
        else if (character >= ' ') typed = [...typed, character]
      }
    }
    stdin.on('data', take)
    stdin.on('end', close)
  })

/** Ends the process quietly where whoever reads has gone: `konfig list | head` is no failure. */
const leaveQuietly = (reason: NodeJS.ErrnoException): never => process.exit(reason.code === 'EPIPE' ? 0 : exitCodes.bug)

type Write = (text: string | Uint8Array) => void

/** Written at once, without a stream, which takes time to make; a reader that is slow gets the rest from one. */
const writerOf = (descriptor: 1 | 2, stream: () => NodeJS.WriteStream): Write => {
  let open: NodeJS.WriteStream | undefined
  const streamed = (rest: string | Uint8Array): void => {
    if (open === undefined) {
      open = stream()
      open.on('error', leaveQuietly)
    }
    open.write(rest)
  }
  return (text) => {
    if (open !== undefined) return streamed(text)
    let left: Uint8Array = typeof text === 'string' ? Buffer.from(text) : text
    try {
      while (left.length > 0) left = left.subarray(writeSync(descriptor, left))
    } catch (reason) {
      const failure = reason as NodeJS.ErrnoException
      if (failure.code !== 'EAGAIN') leaveQuietly(failure)
      streamed(left)
    }
  }
}

export const processTerminal = (): Terminal => {
  const out = writerOf(1, () => process.stdout)
  const error = writerOf(2, () => process.stderr)
  const [outIsTerminal, errorIsTerminal] = [isatty(1), isatty(2)]
  // Whoever wrote the text: names and values come from a server, and none of them may steer the terminal.
  const harmless = (text: string | Uint8Array): string | Uint8Array =>
    outIsTerminal && typeof text === 'string' ? onlyColours(text) : text
  let open = false
  const clear = (): void => {
    if (open) error('\r\u001b[2K')
    open = false
  }
  return {
    write: (text) => {
      clear()
      out(harmless(text))
    },
    note: (text) => {
      clear()
      error(`${errorIsTerminal ? onlyColours(text) : text}\n`)
    },
    progress: (text) => {
      if (!errorIsTerminal) return
      clear()
      error(onlyColours(text))
      open = true
    },
    outIsTerminal,
    errorIsTerminal,
    inIsTerminal: isatty(0),
    // Some terminals do not say how wide they are, which reads as 0.
    columns: () => (isatty(1) && process.stdout.columns > 0 ? process.stdout.columns : undefined),
    read: readAll,
    ask,
    askHidden,
  }
}
