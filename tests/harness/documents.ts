// Reads the blocks of a page and runs its shell blocks against a server. A json block after a shell block is what it answers last:
// every field of it must be there, and "…" stands for any text. A block that begins with the comment "In a third terminal" goes on while
// the next ones run, and a text block is what that terminal prints by then. Knows no page.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface Step {
  /** `docs/first-steps.md:30`, the first line of the shell block. */
  readonly at: string
  readonly script: string
  readonly answer: unknown
  /** Goes on in a terminal of its own. */
  readonly goesOn: boolean
  /** What the terminal that goes on prints next. */
  readonly prints: string | undefined
}

export interface Block {
  /** `docs/how-to-mysql.md:12`, its first line. */
  readonly at: string
  readonly language: string
  readonly content: string
}

/** What stands between fences. */
export const blocksOf = (page: string): readonly Block[] => {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language = '', 2: content = '' }) => ({
    at: `${page}:${text.slice(0, index).split('\n').length + 1}`,
    language,
    content,
  }))
}

/** Every block of a page must be one that can be run, or an answer to it; anything else is an error of the page. */
export const stepsOf = (page: string): readonly Step[] => {
  const steps: Step[] = []
  for (const { at, language, content } of blocksOf(page)) {
    const last = steps.at(-1)
    if (language === 'sh')
      steps.push({
        at,
        script: content,
        answer: undefined,
        goesOn: content.startsWith('# In a third terminal'),
        prints: undefined,
      })
    else if (language === 'text' && last !== undefined && last.prints === undefined)
      steps[steps.length - 1] = { ...last, prints: content }
    else if (language === 'json' && last !== undefined && last.answer === undefined)
      steps[steps.length - 1] = { ...last, answer: JSON.parse(content) }
    else
      throw new Error(
        `${at}: a block is sh, or what follows from the sh block before it: the json that it answers, the text in the third terminal`,
      )
  }
  return steps
}

export interface Ran {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/** What stands around a newcomer in the checkout: its files, and `konfig` on PATH; a home of their own. */
export const standIn = (folder: string): NodeJS.ProcessEnv => {
  const bin = join(folder, '.bin')
  mkdirSync(bin)
  for (const name of ['examples', 'node_modules']) symlinkSync(join(root, name), join(folder, name))
  writeFileSync(join(bin, 'konfig'), `#!/bin/sh\nexec node '${join(root, 'packages/cli/bin/konfig.js')}' "$@"\n`)
  chmodSync(join(bin, 'konfig'), 0o755)
  return { PATH: `${bin}:${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`, HOME: folder }
}

export interface Terminal {
  readonly run: (script: string) => void
  /** Waits until this is printed after what was waited for before; rejects where it is not within a minute. */
  readonly prints: (text: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** One that holds a program which does not end by itself. */
export const openThirdTerminal = (folder: string, env: NodeJS.ProcessEnv): Terminal => {
  let output = ''
  let seen = 0
  const ends: (() => Promise<void>)[] = []
  return {
    run: (script) => {
      // A group of its own, so that the program ends with the shell around it.
      const child = spawn('bash', ['-c', script], {
        cwd: folder,
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text
        })
      ends.push(async () => {
        if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        await ended
      })
    },
    prints: async (text) => {
      for (let turn = 0; turn < 600; turn++) {
        const found = output.indexOf(text, seen)
        if (found >= 0) {
          seen = found + text.length
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`the third terminal does not print\n${text}\nbut\n${output.slice(seen)}`)
    },
    close: async () => {
      for (const end of ends) await end()
    },
  }
}

/** As in one terminal: variables that a block sets are there in the next ones. */
export const openTerminal = (folder: string, env: NodeJS.ProcessEnv): ((script: string) => Ran) => {
  const kept = join(folder, '.terminal')
  return (script) => {
    const run = spawnSync(
      'bash',
      [
        '-c',
        `set -a; test -f ${kept} && . ${kept}; set +a\nset -euo pipefail\n${script}\n{ declare -p URL; } >${kept} 2>/dev/null || true`,
      ],
      { cwd: folder, encoding: 'utf8', env, timeout: 200_000 },
    )
    return { status: run.status, output: run.stdout, errors: run.stderr }
  }
}

/** The last line, or the whole of it, that is JSON. */
export const lastJson = (output: string): unknown => {
  for (const text of [output, output.trim().split('\n').at(-1) ?? '']) {
    try {
      return JSON.parse(text)
    } catch {
      // The other reading is tried.
    }
  }
  return undefined
}
