// A load of one process: keep-alive connections, one request at a time on each, until a count is reached. Talks to loopback only.
// Run by run.ts as a child: reads one JSON job a line from standard input, answers one JSON line.
import { createConnection, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface Job {
  readonly port: number
  readonly connections: number
  /** Requests in all. */
  readonly count: number
  /** Whole requests as bytes in latin1; taken in turn, or at random with a fixed seed. */
  readonly requests: readonly string[]
  readonly order: 'turn' | 'random'
  /** Status that every answer must have. */
  readonly status: number
}

export interface Outcome {
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  readonly maximum: number
}

/** Small, fast and the same every run (xorshift32). */
const randomIndex = (seed: number): ((below: number) => number) => {
  let x = seed
  return (below) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % below
  }
}

const separator = Buffer.from('\r\n\r\n')

const run = (job: Job): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const requests = job.requests.map((text) => Buffer.from(text, 'latin1'))
    const next = randomIndex(2_463_534_242)
    const times = new Float64Array(job.count)
    let sent = 0
    let done = 0
    const sockets: Socket[] = []
    const started = performance.now()
    const prefix = `HTTP/1.1 ${job.status} `

    const finish = (): void => {
      for (const socket of sockets) socket.destroy()
      const sorted = times.subarray(0, done).sort()
      const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
      resolve({ seconds: (performance.now() - started) / 1000, p50: at(0.5), p99: at(0.99), maximum: at(1) })
    }

    const connect = (): void => {
      const socket = createConnection(job.port, '127.0.0.1')
      socket.setNoDelay(true)
      sockets.push(socket)
      let pending: Buffer | undefined
      let began = 0
      const send = (): void => {
        if (sent >= job.count) return
        const request = requests[job.order === 'turn' ? sent % requests.length : next(requests.length)]
        sent++
        began = performance.now()
        socket.write(request as Buffer)
      }
      socket.on('connect', send)
      socket.on('error', reject)
      socket.on('close', () => {
        if (done < job.count && sent < job.count) reject(new Error('the server closed a connection'))
      })
      socket.on('data', (data: Buffer) => {
        const all = pending === undefined ? data : Buffer.concat([pending, data])
        const end = all.indexOf(separator)
        if (end < 0) {
          pending = all
          return
        }
        const head = all.toString('latin1', 0, end)
        if (!head.startsWith(prefix)) {
          reject(new Error(`expected ${job.status}, got: ${all.toString('utf8', 0, 400)}`))
          return
        }
        const length = job.status === 304 ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
        if (all.length < end + 4 + length) {
          pending = all
          return
        }
        pending = undefined
        times[done++] = performance.now() - began
        if (done === job.count) finish()
        else send()
      })
    }
    for (let index = 0; index < job.connections; index++) connect()
  })

for await (const line of createInterface({ input: process.stdin })) {
  const outcome = await run(JSON.parse(line) as Job).catch((reason: unknown) => ({ error: String(reason) }))
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
}
