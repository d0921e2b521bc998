// The command line as a process: pipes, signals, programs that run below it. What a terminal would see, no more.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../harness/world.ts'

const main = join(import.meta.dirname, '../../packages/cli/src/main.ts')
const home = mkdtempSync(join(tmpdir(), 'konfig-cli-process-'))
let world: World | undefined
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world?.close()
  rmSync(home, { recursive: true, force: true })
})

const environment = (key: string): NodeJS.ProcessEnv => ({
  PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`,
  HOME: home,
  KONFIG_URL: world?.url,
  KONFIG_API_KEY: key,
  KONFIG_ENVIRONMENT: 'dev',
  MAIN: main,
  NODE: process.execPath,
})

interface Running {
  readonly child: ChildProcess
  readonly output: () => string
  readonly errors: () => string
  readonly until: (pattern: RegExp) => Promise<void>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

const started = (command: string, words: readonly string[], key: string): Running => {
  const child = spawn(command, words, { env: environment(key), stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  const looking = new Set<() => void>()
  let over = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    for (const look of looking) look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
    for (const look of looking) look()
  })
  const ended = new Promise<Awaited<Running['ended']>>((resolve) => {
    child.on('close', (code, signal) => {
      over = true
      resolve({ code, signal })
      for (const look of looking) look()
    })
  })
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(output + errors)) resolve()
        // Its last words may come after its end.
        else if (over) reject(new Error(`it ended: ${output}${errors}`))
        else return
        looking.delete(look)
      }
      looking.add(look)
      look()
    })
  return { child, output: () => output, errors: () => errors, until, ended }
}

const konfig = (...words: readonly string[]): Running =>
  started(process.execPath, [main, ...words], world?.keys.editor ?? '')
const shell = (script: string): Running => started('sh', ['-c', script], world?.keys.editor ?? '')

const set = async (key: string, value: string): Promise<void> => {
  const { code } = await konfig('set', key, value).ended
  expect(code).toBe(0)
}

describe('pipes', () => {
  it('that are closed early end the command quietly', async () => {
    const ran = shell(
      '"$NODE" "$MAIN" list --json | true; "$NODE" "$MAIN" config list 2>&1 >/dev/full; "$NODE" "$MAIN" get billing/greeting',
    )
    expect(await ran.ended).toEqual({ code: 0, signal: null })
    expect([ran.output(), ran.errors()]).toEqual(['hello\n', ''])
  })

  it('carry a value as it is, both ways', async () => {
    const ran = shell(
      'printf "%s" "two words" | "$NODE" "$MAIN" set billing/greeting - --base 2>/dev/null && "$NODE" "$MAIN" get billing/greeting',
    )
    expect(await ran.ended).toEqual({ code: 0, signal: null })
    expect(ran.output()).toBe('two words\n')
  })
})

describe('run', () => {
  it('gives a program the values, and ends as it ends', async () => {
    const ran = konfig('run', '-n', 'billing', '--', 'sh', '-c', 'echo "$RETRIES $LIMITS"; exit 7')
    expect((await ran.ended).code).toBe(7)
    expect(ran.output()).toBe('4 {"a":1}\n')
  })

  it('keeps its own credentials from the program, unless it is told to pass them on', async () => {
    const told = ['-n', 'billing', '--', 'sh', '-c', 'echo "${KONFIG_API_KEY-none} ${KONFIG_TOKEN-none} $RETRIES"']
    const ran = konfig('run', ...told)
    expect((await ran.ended).code).toBe(0)
    expect(ran.output()).toBe('none none 4\n')
    const kept = konfig('run', '--keep-credentials', ...told)
    expect((await kept.ended).code).toBe(0)
    expect(kept.output()).toBe(`${world?.keys.editor ?? ''} none 4\n`)
  })

  it('says 127 where there is no such program', async () => {
    const ran = konfig('run', '-n', 'billing', '--', 'no-such-program')
    expect((await ran.ended).code).toBe(127)
    expect(ran.errors()).toContain('There is no program no-such-program.')
  })

  it('passes signals on, and dies of what its program died of', async () => {
    const ran = konfig(
      'run',
      '-n',
      'billing',
      '--',
      'sh',
      '-c',
      'trap "echo asked; exit 5" TERM; echo ready; while :; do sleep 0.1; done',
    )
    await ran.until(/ready/)
    ran.child.kill('SIGTERM')
    expect(await ran.ended).toEqual({ code: 5, signal: null })
    expect(ran.output()).toBe('ready\nasked\n')
    // One that comes as soon as there is a program leaves none behind.
    const early = 'trap "exit 6" TERM; kill -TERM $PPID; while :; do sleep 0.1; done'
    expect((await konfig('run', '-n', 'billing', '--', 'sh', '-c', early).ended).code).toBe(6)
    const killed = konfig('run', '-n', 'billing', '--', 'sh', '-c', 'kill -KILL $$')
    expect((await killed.ended).signal).toBe('SIGKILL')
  })

  it('starts the program again when a value changes, with --watch', async () => {
    const ran = konfig(
      'run',
      '-n',
      'billing',
      '--watch',
      '--',
      'sh',
      '-c',
      'echo "retries=$RETRIES"; while :; do sleep 0.1; done',
    )
    await ran.until(/retries=4/)
    await set('billing/retries', '41')
    await ran.until(/retries=41/)
    ran.child.kill('SIGTERM')
    expect((await ran.ended).signal).toBe('SIGTERM')
  })

  it('gives the program that it starts again what changed while the old one took its time, and starts none after it is ended', async () => {
    const go = join(home, 'go')
    const slow =
      'trap \'echo stopping; while [ ! -e "$HOME/go" ]; do sleep 0.1; done; exit 3\' TERM; echo "retries=$RETRIES."; while :; do sleep 0.1; done'
    await set('billing/retries', '42')
    const ran = konfig('run', '-n', 'billing', '--watch', '--', 'sh', '-c', slow)
    await ran.until(/retries=42\./)
    await set('billing/retries', '43')
    await ran.until(/stopping/)
    await set('billing/retries', '44')
    await ran.until(/(starting again[^]*){2}/)
    writeFileSync(go, '')
    await ran.until(/retries=44\./)
    rmSync(go)
    await set('billing/retries', '45')
    await ran.until(/(stopping[^]*){2}/)
    ran.child.kill('SIGTERM')
    writeFileSync(go, '')
    expect(await ran.ended).toEqual({ code: 3, signal: null })
    expect(ran.output().match(/retries=\d+/g)).toEqual(['retries=42', 'retries=44'])
  })

  it('goes on with the values that it has where later ones cannot be variables', async () => {
    const ran = konfig('run', '-n', 'billing', '--watch', '--', 'sh', '-c', 'echo "retries=$RETRIES."; exec sleep 9999')
    await ran.until(/retries=\d+\./)
    expect((await konfig('set', 'billing/Retries', '1', '--base', '--type', 'number').ended).code).toBe(0)
    await ran.until(/keeps the values that it has: .*would both be the variable RETRIES/)
    expect((await konfig('config', 'delete', 'billing/Retries', '--yes').ended).code).toBe(0)
    await set('billing/retries', '46')
    await ran.until(/retries=46\./)
    ran.child.kill('SIGTERM')
    expect((await ran.ended).signal).toBe('SIGTERM')
  })

  it('does not say of a program that it is missing where what that one runs is', async () => {
    const ran = konfig('run', '-n', 'billing', '--', 'sh', '-c', 'no-such-program')
    expect((await ran.ended).code).toBe(127)
    expect(ran.errors()).not.toContain('There is no program sh')
  })

  it('sends a signal instead, with --signal', async () => {
    const ran = konfig(
      'run',
      '-n',
      'billing',
      '--signal',
      'HUP',
      '--',
      'sh',
      '-c',
      'trap "echo again; exit 0" HUP; echo ready; while :; do sleep 0.1; done',
    )
    await ran.until(/ready/)
    await set('billing/greeting', 'hello again')
    expect((await ran.ended).code).toBe(0)
    expect(ran.output()).toBe('ready\nagain\n')
  })
})

describe('watch', () => {
  it('prints a value, then each later one, until Ctrl-C', async () => {
    const ran = konfig('watch', 'billing/limits', '--json')
    await ran.until(/"a":1/)
    await set('billing/limits', '{"b":2}')
    await ran.until(/"b":2/)
    ran.child.kill('SIGINT')
    expect((await ran.ended).code).toBe(130)
    const lines = ran
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(lines).toMatchObject([
      { name: 'limits', value: { a: 1 } },
      { name: 'limits', value: { a: 1, b: 2 } },
    ])
  })
})

describe('files', () => {
  it('of text are values as they are, and of bytes are none', async () => {
    writeFileSync(join(home, 'text.txt'), 'kept\n')
    writeFileSync(join(home, 'bytes.bin'), Buffer.from([0xff, 0xfe, 0x00, 0x80]))
    expect((await konfig('set', 'billing/greeting', '--base', '--value-file', join(home, 'text.txt')).ended).code).toBe(
      0,
    )
    const ran = konfig('set', 'billing/greeting', '--value-file', join(home, 'bytes.bin'))
    expect((await ran.ended).code).toBe(2)
    expect(ran.errors()).toContain('not text in UTF-8')
  })
})
