// Reads the blocks of a page and runs its shell blocks against a server. A json block after a shell block is what it answers last:
// every field of it must be there, and "…" stands for any text. Knows no page.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface Step {
  /** `docs/first-steps.md:30`, the first line of the shell block. */
  readonly at: string
  readonly script: string
  readonly answer: unknown
}

/** Every block of a page must be one that can be run, or an answer to it; anything else is an error of the page. */
export const stepsOf = (page: string): readonly Step[] => {
  const text = readFileSync(join(root, page), 'utf8')
  const steps: Step[] = []
  for (const block of text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    const [, language, content = ''] = block
    const at = `${page}:${text.slice(0, block.index).split('\n').length + 1}`
    const last = steps.at(-1)
    if (language === 'sh') steps.push({ at, script: content, answer: undefined })
    else if (language === 'json' && last !== undefined && last.answer === undefined)
      steps[steps.length - 1] = { ...last, answer: JSON.parse(content) }
    else throw new Error(`${at}: a block is sh, or the json that the sh block before it answers`)
  }
  return steps
}

export interface Ran {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/** As in one terminal: variables that a block sets are there in the next ones. */
export const openTerminal = (folder: string): ((script: string) => Ran) => {
  const kept = join(folder, '.terminal')
  return (script) => {
    const run = spawnSync(
      'bash',
      [
        '-c',
        `set -a; test -f ${kept} && . ${kept}; set +a\nset -euo pipefail\n${script}\n{ declare -p URL; } >${kept} 2>/dev/null || true`,
      ],
      { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: folder }, timeout: 60_000 },
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
