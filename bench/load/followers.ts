// Clients that hold streams open: one process, plain sockets on loopback. Told a line of JSON, it answers one line:
// `open` streams, `expect` a mark on each of them, `cut` them all and come back as each was told to, `close`.
import { createConnection, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface OpenStreams {
  readonly do: 'open'
  readonly port: number
  readonly count: number
  /** Of the path and the query, with the credential. */
  readonly target: string
  readonly fields: string
}
/** Answers `Told`: how long after the mark's own time (it is one of process.hrtime) each stream had it. */
export interface ExpectMark {
  readonly do: 'expect'
  readonly mark: string
}
/** All at once; each comes back after the time that `retry` named, where it was. Answers `Returned`. */
export interface CutStreams {
  readonly do: 'cut'
}
export interface CloseStreams {
  readonly do: 'close'
}
export type Order = OpenStreams | ExpectMark | CutStreams | CloseStreams

export interface Told {
  /** Milliseconds, one for each stream, in order of size. */
  readonly millis: readonly number[]
}
export interface Returned {
  /** Seconds from the cut until the last was back. */
  readonly seconds: number
  /** Of those that came back, how many were told everything again. */
  readonly synced: number
  /** The most that came back within one second. */
  readonly mostInASecond: number
}

interface Stream {
  socket: Socket
  tail: string
  begun: boolean
  /** Number of the mark that it had last. */
  had: number
  retry: number
  id: string
  log: string
  onBegun: () => void
}

const atOnce = 200
const longestTail = 128
let target: OpenStreams | undefined
const streams: Stream[] = []
let marks = 0
let mark = ''
let markedAt = 0n
let millis: number[] = []
let onAll: (() => void) | undefined
let synced = 0

const remember = (stream: Stream, text: string): void => {
  stream.id = /(?:^|\n)id: (\d+-\d+)\n(?![^]*\nid: )/.exec(text)?.[1] ?? stream.id
}

const read = (stream: Stream, data: Buffer): void => {
  const text = stream.tail + data.toString('latin1')
  stream.tail = text.slice(-longestTail)
  if (!stream.begun) {
    if (!/\nid: \d+-\d+\n/.test(text)) {
      stream.tail = text
      return
    }
    stream.begun = true
    stream.retry = Number(/\nretry: (\d+)\n/.exec(text)?.[1] ?? 1000)
    stream.log = /\r\nkonfig-log: (\S+)/i.exec(text)?.[1] ?? stream.log
    if (text.includes('event: sync')) synced++
    remember(stream, text)
    stream.onBegun()
  }
  if (mark === '' || stream.had === marks || !text.includes(mark)) return
  stream.had = marks
  millis.push(Number(process.hrtime.bigint() - markedAt) / 1e6)
  remember(stream, text)
  if (millis.length === streams.length) onAll?.()
}

const connect = (stream: Stream): Promise<void> =>
  new Promise((resolve, reject) => {
    if (target === undefined) throw new Error('no stream was opened')
    const again = stream.id === '' ? '' : `Last-Event-ID: ${stream.id}\r\nKonfig-Log: ${stream.log}\r\n`
    const socket = createConnection(target.port, '127.0.0.1')
    stream.socket = socket
    stream.tail = ''
    stream.begun = false
    stream.onBegun = resolve
    socket.on('data', (data: Buffer) => read(stream, data))
    socket.on('error', reject)
    socket.write(`GET ${target.target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${target.fields}${again}\r\n`)
  })

const open = async (order: OpenStreams): Promise<number> => {
  target = order
  let next = streams.length
  const upTo = streams.length + order.count
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next++ < upTo) {
        const stream: Stream = {
          socket: undefined as never,
          tail: '',
          begun: false,
          had: 0,
          retry: 0,
          id: '',
          log: '',
          onBegun: () => undefined,
        }
        await connect(stream)
        streams.push(stream)
      }
    }),
  )
  return streams.length
}

const expect = (order: ExpectMark): Promise<Told> =>
  new Promise((resolve) => {
    marks++
    mark = order.mark
    markedAt = BigInt(order.mark)
    millis = []
    onAll = () => {
      onAll = undefined
      resolve({ millis: millis.toSorted((a, b) => a - b) })
    }
  })

const cut = async (): Promise<Returned> => {
  const began = performance.now()
  synced = 0
  mark = ''
  const seconds = new Map<number, number>()
  for (const { socket } of streams) socket.destroy()
  await Promise.all(
    streams.map(async (stream) => {
      await new Promise((resolve) => setTimeout(resolve, stream.retry))
      await connect(stream)
      const second = Math.floor((performance.now() - began) / 1000)
      seconds.set(second, (seconds.get(second) ?? 0) + 1)
    }),
  )
  return { seconds: (performance.now() - began) / 1000, synced, mostInASecond: Math.max(...seconds.values()) }
}

const close = (): number => {
  for (const { socket } of streams) socket.destroy()
  return streams.splice(0).length
}

const carryOut = (order: Order): unknown => {
  switch (order.do) {
    case 'open':
      return open(order)
    case 'expect':
      return expect(order)
    case 'cut':
      return cut()
    case 'close':
      return close()
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  void Promise.resolve(carryOut(JSON.parse(line) as Order)).then((answer) =>
    process.stdout.write(`${JSON.stringify(answer)}\n`),
  )
})
process.stdout.write('ready\n')
