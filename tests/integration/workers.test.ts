// Several processes that share one port, as `--workers` starts them: what is made once, who answers, what becomes of one that dies, and how all stop.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Child, cleanEnvironment, startChild } from '../harness/child.ts'
import { ask, type Reply } from '../harness/client.ts'
import { freePort } from '../servers/port.ts'

const main = join(import.meta.dirname, '../../packages/cli/src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'konfig-workers-'))
const children: Child[] = []
const token = 'a token of the metrics'

const start = (name: string, port: number, more: { readonly [variable: string]: string } = {}): Child => {
  const child = startChild(process.execPath, [main, 'serve', '--workers', '2', '--data', join(folder, name)], {
    env: {
      ...cleanEnvironment(),
      KONFIG_PORT: String(port),
      KONFIG_METRICS_TOKEN: token,
      KONFIG_DRAIN_SECONDS: '2',
      ...more,
    },
  })
  children.push(child)
  return child
}
const count = (text: string, pattern: RegExp): number => text.match(new RegExp(pattern, 'g'))?.length ?? 0
/** The processes of a start: all have the words of the command. */
const workersOf = (name: string): readonly number[] => {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(join(folder, name)) && line.includes('serve --workers'))
    .map((line) => line.trim().split(/\s+/).slice(0, 2).map(Number))
  const pids = new Set(all.map(([pid]) => pid))
  return all.flatMap(([pid = 0, parent]) => (pids.has(parent) ? [pid] : []))
}
/** One that ended and that nobody asked how is none. */
const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

afterEach(async () => {
  await Promise.all(
    children.splice(0).map((child) => {
      child.kill('SIGTERM')
      return child.ended
    }),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('two workers', () => {
  let port = 0
  let child: Child
  const world = () => ({ url: `http://127.0.0.1:${port}` })
  /** A connection of its own, so that any worker may be asked. */
  const request = (method: string, path: string, rest: object = {}, headers = {}): Promise<Reply> =>
    ask(world(), {
      method,
      path,
      ...rest,
      headers: { connection: 'close', ...headers },
    })
  const key = (which: 'apiKey' | 'editorKey'): string =>
    (JSON.parse(readFileSync(join(folder, 'pair/first-run.json'), 'utf8')) as Record<string, string>)[which] ?? ''

  beforeAll(async () => {
    port = await freePort()
  })

  it('make the first run once, share the port, and follow each other at once', async () => {
    child = start('pair', port)
    await child.waitFor(/"All workers serve"/)
    expect(count(child.output(), /Credentials, shown this once/)).toBe(1)
    expect(count(child.output(), /"worker":[12],"url":.*"Listening"/)).toBe(2)
    const path = '/namespaces/vets-service/configs/vets.cache.ttl'
    const written = await request('PUT', path, {
      credential: key('editorKey'),
      body: { type: 'number', value: 77 },
    })
    expect(written.status).toBe(200)
    const seen = await Promise.all(
      Array.from({ length: 8 }, () =>
        request(
          'GET',
          '/values/vets-service/vets.cache.ttl?environment=production',
          { credential: key('apiKey') },
          { 'konfig-min-point': written.headers.get('konfig-point') ?? '' },
        ),
      ),
    )
    expect(seen.map(({ status, json }) => [status, (json as { value?: unknown }).value])).toEqual(
      seen.map(() => [200, 77]),
    )
    await expect
      .poll(() => [1, 2].map((worker) => count(child.output(), new RegExp(`"worker":${worker},"msg":"request"`)) > 0))
      .toEqual([true, true])
    // A worker that is busy may be left out of one answer.
    let metrics = ''
    await expect
      .poll(async () => {
        metrics = (await ask(world(), { method: 'GET', path: '//metrics', credential: token })).text
        return [1, 2].filter((worker) => metrics.includes(`konfig_logs_held{worker="${worker}"}`))
      })
      .toEqual([1, 2])
    expect(count(metrics, /# TYPE konfig_logs_held/)).toBe(1)

    // One of them counts many requests of a connection that is kept; soon both say what is left of the minute.
    const left = async (headers: object): Promise<number> => {
      const reply = await request('GET', '/namespaces', { credential: key('apiKey') }, headers)
      return Number(/r=(\d+)/.exec(reply.headers.get('ratelimit') ?? '')?.[1])
    }
    for (let more = 40; more > 0; more--) await left({ connection: 'keep-alive' })
    await expect.poll(async () => Math.abs((await left({})) - (await left({}))), { interval: 500 }).toBeLessThan(10)

    const [victim] = workersOf('pair')
    process.kill(victim ?? 0, 'SIGKILL')
    await child.waitFor(/"msg":"A worker ended and is replaced"/)
    // The other goes on meanwhile, and the one that takes its place says so.
    for (let left = 6; left > 0; left--) expect((await request('GET', '//health/ready')).status).toBe(200)
    await child.waitFor(/("Listening"[^]*){3}/)
    expect(workersOf('pair')).toHaveLength(2)
    expect(count(child.output(), /Credentials/)).toBe(1)

    child.kill('SIGTERM')
    expect(await child.ended).toBe(0)
    expect(count(child.output(), /"worker":[12],"msg":"Stopped"/)).toBe(2)
    // No line was torn apart by another's.
    for (const line of child.output().split('\n')) if (line.startsWith('{')) JSON.parse(line)
  })

  it('end with their parent when that is killed, and can be started again', async () => {
    child = start('pair', port)
    await child.waitFor(/"All workers serve"/)
    const workers = workersOf('pair')
    expect(workers).toHaveLength(2)
    child.kill('SIGKILL')
    await expect.poll(() => workers.some(isAlive)).toBe(false)
    child = start('pair', port)
    await child.waitFor(/"All workers serve"/)
  })

  it('are replaced where one hangs, the other goes on meanwhile, and no connection is left with nobody', async () => {
    child = start('hung', port, { KONFIG_WORKER_SILENCE_SECONDS: '10' })
    await child.waitFor(/"All workers serve"/)
    const [hung = 0, other] = workersOf('hung')
    process.kill(hung, 'SIGSTOP')
    // Whichever they are handed to: one of them at most to the one that hangs, which is handed no other.
    const asked = Array.from({ length: 6 }, async () => {
      const socket: Socket = connect(port, '127.0.0.1')
      let answer = ''
      socket.on('data', (data: Buffer) => {
        answer += data.toString()
      })
      socket.on('error', () => undefined)
      socket.write('GET /health/ready HTTP/1.1\r\nhost: konfig\r\nconnection: close\r\n\r\n')
      await new Promise((resolve) => socket.once('close', resolve))
      return answer.split('\r\n')[0]
    })
    const answers = await Promise.all(asked)
    expect(answers.filter((answer) => answer === 'HTTP/1.1 200 OK').length).toBeGreaterThanOrEqual(5)
    await child.waitFor(/"msg":"A worker does not answer any more/)
    await child.waitFor(/("Listening"[^]*){3}/)
    expect(workersOf('hung')).toHaveLength(2)
    expect(workersOf('hung')).toContain(other)
    expect(workersOf('hung')).not.toContain(hung)
    expect(count(child.output(), /"level":"error"/)).toBe(1)
  })

  it('say once what keeps them from starting, and end', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port: used } = taken.address() as { readonly port: number }
    child = start('none', used)
    expect(await child.ended).toBe(1)
    expect(count(child.errors(), /cannot be taken/)).toBe(1)
    taken.close()
  })
})
