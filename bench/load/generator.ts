// A load of one process: keep-alive connections, one request at a time on each, until a count is reached or it is told to stop.
// Talks to loopback only. A child of processes.ts: reads a JSON job or `stop` a line, answers one JSON line for each job.
import { createConnection, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface Job {
  readonly port: number
  readonly connections: number
  /** Requests in all; without pacing they follow each other at once. */
  readonly count: number
  /** A request is one of these lines with one of these sets of fields, in latin1; all pairs in turn, or at random with a fixed seed. */
  readonly lines: readonly string[]
  readonly fields: readonly string[]
  readonly order: 'turn' | 'random'
  /** Status that every answer must have. */
  readonly status: number
  /** Milliseconds from one request to the next on a connection; its time then counts from when it was due, so a stall cannot hide what waits behind it. */
  readonly every?: number
  /** The first of these in a request becomes its number, in as many digits: no two requests write the same. */
  readonly numbered?: string
}

export interface Outcome {
  readonly count: number
  readonly seconds: number
  /** Milliseconds. */
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

const number = (request: string, mark: string, sent: number): string =>
  request.replace(mark, String(sent).padStart(mark.length, '0'))

const separator = Buffer.from('\r\n\r\n')
let stopRunning: (() => void) | undefined

const run = (job: Job): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const { lines, fields, every, numbered } = job
    const pairs = lines.length * fields.length
    const next = randomIndex(2_463_534_242)
    const times = new Float64Array(job.count)
    let sent = 0
    let done = 0
    let ended = false
    const sockets: Socket[] = []
    const started = performance.now()
    const prefix = `HTTP/1.1 ${job.status} `

    const finish = (): void => {
      if (ended) return
      ended = true
      stopRunning = undefined
      for (const socket of sockets) socket.destroy()
      const sorted = times.subarray(0, done).sort()
      const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
      resolve({
        count: done,
        seconds: (performance.now() - started) / 1000,
        p50: at(0.5),
        p99: at(0.99),
        maximum: at(1),
      })
    }
    stopRunning = finish

    const connect = (index: number): void => {
      const socket = createConnection(job.port, '127.0.0.1')
      socket.setNoDelay(true)
      sockets.push(socket)
      let pending: Buffer | undefined
      let began = 0
      let due = performance.now() + ((every ?? 0) * index) / job.connections
      const send = (): void => {
        if (ended || sent >= job.count) return
        const pair = job.order === 'turn' ? sent % pairs : next(pairs)
        sent++
        began = every === undefined ? performance.now() : due
        const request = `${lines[pair % lines.length]}${fields[Math.floor(pair / lines.length)]}`
        socket.write(numbered === undefined ? request : number(request, numbered, sent), 'latin1')
      }
      const sendNext = (): void => {
        if (every === undefined) {
          send()
          return
        }
        due += every
        const left = due - performance.now()
        if (left > 0) setTimeout(send, left)
        else send()
      }
      socket.on('connect', sendNext)
      socket.on('error', reject)
      socket.on('close', () => {
        if (!ended && sent < job.count) reject(new Error('the server closed a connection'))
      })
      socket.on('data', (data: Buffer) => {
        if (ended) return
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
        else sendNext()
      })
    }
    for (let index = 0; index < job.connections; index++) connect(index)
  })

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'stop') {
    stopRunning?.()
    return
  }
  void run(JSON.parse(line) as Job)
    .catch((reason: unknown) => ({ error: String(reason) }))
    .then((outcome) => process.stdout.write(`${JSON.stringify(outcome)}\n`))
})
