// The completion scripts as people have them: loaded into a live shell at a terminal, with the tab key pressed.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../harness/world.ts'

const program = join(import.meta.dirname, '../../packages/cli/bin/konfig.js')
const folder = mkdtempSync(join(tmpdir(), 'konfig-completion-'))
let world: World | undefined
beforeAll(async () => {
  writeFileSync(join(folder, 'konfig'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
  chmodSync(join(folder, 'konfig'), 0o755)
  world = await openWorld()
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Shell {
  readonly command: string
  /** What a person has in their own file of settings: a prompt, and the script. */
  readonly settings: readonly string[]
}

const shells: Readonly<Record<string, Shell>> = {
  bash: { command: 'bash --norc --noprofile -i', settings: ["PS1='rea''dy> '", 'source <(konfig completion bash)'] },
  zsh: {
    command: 'zsh -f -i',
    settings: ["PS1='rea''dy> '", 'autoload -Uz compinit && compinit -u', 'source <(konfig completion zsh)'],
  },
  fish: {
    command: 'fish --no-config -i',
    settings: ["function fish_prompt; echo -n 'rea''dy> '; end", 'konfig completion fish | source'],
  },
}

interface Terminal {
  readonly type: (text: string) => void
  /** What was printed up to the first match, after what was waited for before. */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly close: () => Promise<void>
}

const patienceMillis = 60_000

const open = ({ command }: Shell): Terminal => {
  // A group of its own, so that the shell ends with the terminal around it.
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    detached: true,
    cwd: folder,
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
      KONFIG_URL: world?.url,
      KONFIG_API_KEY: world?.keys.editor,
      KONFIG_ENVIRONMENT: 'dev',
    },
  })
  let output = ''
  let seen = 0
  const looking = new Set<() => void>()
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString()
    for (const look of looking) look()
  })
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve())
  })
  return {
    type: (text) => child.stdin.write(text),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`waited for ${String(pattern)} in vain; printed: ${JSON.stringify(output.slice(seen))}`))
        }, patienceMillis)
        const look = (): void => {
          const found = pattern.exec(output.slice(seen))
          if (found === null) return
          clearTimeout(timer)
          looking.delete(look)
          seen += found.index + found[0].length
          resolve(found)
        }
        looking.add(look)
        look()
      }),
    close: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGHUP')
      child.stdin.end()
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1000).unref())])
      child.stdout.destroy()
    },
  }
}

/** Ctrl-A goes to the beginning of the line, so that it is printed instead of carried out. */
const printed = async (terminal: Terminal, typed: string): Promise<string> => {
  terminal.type(typed)
  terminal.type("\u0001echo '<'\u0005'>'\r")
  const [, line = ''] = await terminal.until(/[\r\n]<([^<>\r\n]*)>\r/)
  await terminal.until(/ready> /)
  return line.trimEnd()
}

describe.each(Object.entries(shells))('in %s', (_, shell) => {
  let terminal: Terminal | undefined
  beforeAll(async () => {
    terminal = open(shell)
    for (const line of shell.settings) {
      terminal.type(`${line}\r`)
      await terminal.until(/ready> /)
    }
  })
  afterAll(() => terminal?.close())

  it.each([
    ['a noun, then its verb', 'konfig namesp\tlis\t', 'konfig namespace list'],
    ['a flag', 'konfig get --envir\t', 'konfig get --environment'],
    ['a flag before the command', 'konfig --profi\t', 'konfig --profile'],
    ['a command behind a flag and its value', 'konfig --timeout 5 namesp\tlis\t', 'konfig --timeout 5 namespace list'],
    ['an environment that the server knows', 'konfig get -e prod\t', 'konfig get -e production'],
    ['a namespace, and a key in it', 'konfig get bill\tgree\t', 'konfig get billing/greeting'],
    ['nothing where nothing can be meant', 'konfig get billing/no-such\t', 'konfig get billing/no-such'],
  ])('the tab key completes %s', async (_name, typed, line) => {
    expect(await printed(terminal as Terminal, typed)).toBe(line)
  })
})
