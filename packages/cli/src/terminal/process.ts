// The terminal of this process. Owns closed pipes and hidden input; must not know any command.
import { isatty } from 'node:tty'
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
const leaveQuietly = (stream: NodeJS.WriteStream): void => {
  stream.on('error', (reason: NodeJS.ErrnoException) => {
    if (reason.code === 'EPIPE') process.exit(0)
    process.exitCode = 1
  })
}

export const processTerminal = (): Terminal => {
  leaveQuietly(process.stdout)
  // Only what is used is opened: making a stream takes time at every start.
  let watched = false
  const errors = (): NodeJS.WriteStream => {
    if (!watched) leaveQuietly(process.stderr)
    watched = true
    return process.stderr
  }
  const errorIsTerminal = isatty(2)
  let open = false
  const clear = (): void => {
    if (open) errors().write('\r\u001b[2K')
    open = false
  }
  return {
    write: (text) => {
      clear()
      process.stdout.write(text)
    },
    note: (text) => {
      clear()
      errors().write(`${text}\n`)
    },
    progress: (text) => {
      if (!errorIsTerminal) return
      clear()
      errors().write(text)
      open = true
    },
    outIsTerminal: isatty(1),
    errorIsTerminal,
    inIsTerminal: isatty(0),
    columns: () => (isatty(1) ? process.stdout.columns : undefined),
    read: readAll,
    ask,
    askHidden,
  }
}
