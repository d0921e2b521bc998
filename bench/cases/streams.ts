// Streams: how soon a write is with 1,000 clients, what telling 5,000 costs beside bare node:http, and what happens when all are cut at once.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApiKey } from '@konfig/app'
import { openInstallationIn } from '../../tests/harness/installation.ts'
import { atMost, type Case, type Figure } from '../figure.ts'
import type { Order, Returned, Told } from '../load/followers.ts'
import { type Helper, median, processorSeconds, residentBytes, startGenerator, startHelper } from '../load/processes.ts'
import type { Fixed } from '../load/raw-server.ts'
import { fields, readLine } from '../load/request.ts'
import { keyName, type Seeded, seed } from '../world/seed.ts'
import { type RunningServer, startServer } from '../world/server.ts'
import { few, namespaceName } from '../world/worlds.ts'

const listeners = 1000
const crowd = 5000
const writes = 60
const rounds = 5
const broadcasts = 10
/** A mark is the time at which it was made, so every one is as long as every other. */
const now = (): string => String(process.hrtime.bigint()).padStart(20, '0')

const editorOf = async ({ folder }: Seeded): Promise<string> => {
  const { app, close } = await openInstallationIn(folder)
  const tenant = await app.directory.find('tenant-0')
  if (tenant === undefined) throw new Error('there is no tenant-0')
  const log = await app.logs.hold(tenant.config)
  const { key } = await createApiKey(
    {
      app,
      caller: { type: 'anonymous' },
      side: 'tenant',
      log,
      tenant,
      request: { id: 'benchmark', address: '127.0.0.1' },
      write: { dryRun: false },
    },
    { name: `editor-${randomUUID().slice(0, 8)}`, role: 'editor', namespaces: [], environments: [] },
    'benchmark',
  )
  await close()
  return key ?? ''
}

const writer =
  ({ port }: RunningServer, credential: string) =>
  async (value: string): Promise<void> => {
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1/namespaces/${namespaceName}/configs/${keyName(7)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${credential}`, 'content-type': 'application/json' },
      body: JSON.stringify({ value }),
    })
    await reply.arrayBuffer()
    if (!reply.ok) throw new Error(`a write was answered ${reply.status}`)
  }

const followers = async () => {
  const helper = await startHelper(join(import.meta.dirname, '../load/followers.ts'), [])
  const ask = async <T>(order: Order): Promise<T> => JSON.parse(await helper.ask(JSON.stringify(order))) as T
  return { ask, stop: helper.stop }
}
type Followers = Awaited<ReturnType<typeof followers>>

const target = `/api/v1/stream?environment=production&namespace=${namespaceName}`
const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

const change = (mark: string): string =>
  `event: change\nid: 3-108\ndata: {"changed":{"${namespaceName}":{"${keyName(7)}":"${mark}"}},"removed":{}}\n\n`

/** The head and the first event of a stream, as bare node:http is to send them again. */
const firstOf = async (port: number, credential: string): Promise<Fixed> => {
  const cut = new AbortController()
  const reply = await fetch(`http://127.0.0.1:${port}${target}`, {
    headers: { authorization: `Bearer ${credential}` },
    signal: cut.signal,
  })
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader()
  let body = Buffer.alloc(0)
  while (!body.toString('latin1').endsWith('}\n\n')) {
    const { value, done } = await reader.read()
    if (done) break
    body = Buffer.concat([body, value])
  }
  cut.abort()
  const headers = [...reply.headers].flatMap(([name, value]) =>
    ['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name) ? [] : [name, value],
  )
  return { status: reply.status, headers: [...headers, 'connection', 'close'], body: body.toString('base64') }
}

/** Processor seconds and bytes of a server for telling one crowd, and how to tell it. */
interface Side {
  readonly pid: number
  readonly clients: Followers
  readonly tell: (mark: string) => Promise<unknown>
}

const broadcast = async ({ pid, clients, tell }: Side): Promise<number> => {
  const before = processorSeconds(pid)
  for (let turn = 0; turn < broadcasts; turn++) {
    const mark = now()
    const heard = clients.ask<Told>({ do: 'expect', mark })
    await tell(mark)
    await heard
  }
  return (processorSeconds(pid) - before) / broadcasts
}

export const streams: Case = async (say) => {
  const world = await seed(few, say)
  const editor = await editorOf(world)
  const [credential = ''] = world.credentials
  const server = await startServer(world.folder)
  const write = writer(server, editor)
  const figures: Figure[] = []
  const own = await followers()
  const openAt = (clients: Followers, port: number, count: number): Promise<number> =>
    clients.ask<number>({ do: 'open', port, count, target, fields: `Authorization: Bearer ${credential}\r\n` })

  // Warm, and without a stream: what is resident now is no stream's.
  for (let turn = 0; turn < 20; turn++) await write(now())
  const emptyKonfig = residentBytes(server.pid)
  await openAt(own, server.port, listeners)
  const millis: number[] = []
  for (let turn = 0; turn < writes; turn++) {
    const mark = now()
    const heard = own.ask<Told>({ do: 'expect', mark })
    await write(mark)
    const told = await heard
    // The first ones warm up both sides.
    if (turn >= 10) millis.push(...told.millis)
  }
  millis.sort((a, b) => a - b)
  say(
    `streams: from write to ${listeners} clients p50 ${at(millis, 0.5).toFixed(1)} ms, p99 ${at(millis, 0.99).toFixed(1)} ms`,
  )
  figures.push(
    atMost(
      'write to 1,000 streams, p99',
      at(millis, 0.99),
      30,
      'ms',
      `PUT of one value over HTTP, from before it was sent until each of ${listeners} streams in another process of the same machine had read the change; ${writes - 10} writes one after the other`,
    ),
  )
  await own.ask({ do: 'close' })

  const file = join(world.folder, 'stream.json')
  writeFileSync(file, JSON.stringify(await firstOf(server.port, credential)))
  const raw: Helper & { readonly ready: string } = await startHelper(
    join(import.meta.dirname, '../load/raw-stream-server.ts'),
    [file],
  )
  const others = await followers()
  const konfig: Side = { pid: server.pid, clients: own, tell: write }
  const bare: Side = {
    pid: raw.pid,
    clients: others,
    tell: (mark) => raw.ask(Buffer.from(change(mark)).toString('base64')),
  }
  const empty = { konfig: emptyKonfig, bare: residentBytes(raw.pid) }
  // As Konfig has had before.
  await openAt(others, Number(raw.ready), listeners)
  await broadcast(bare)
  await others.ask({ do: 'close' })
  await openAt(own, server.port, crowd)
  await openAt(others, Number(raw.ready), crowd)
  const costs: { readonly konfig: number; readonly bare: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const [first, second] = round % 2 === 0 ? [konfig, bare] : [bare, konfig]
    const early = await broadcast(first)
    const late = await broadcast(second)
    costs.push(round % 2 === 0 ? { konfig: early, bare: late } : { konfig: late, bare: early })
  }
  const each = (side: 'konfig' | 'bare', pid: number): number => (residentBytes(pid) - empty[side]) / crowd
  const bytes = { konfig: each('konfig', server.pid), bare: each('bare', raw.pid) }
  const cost = median(costs.map(({ konfig, bare }) => konfig / bare))
  say(
    `streams: one change to ${crowd} takes ${(median(costs.map(({ konfig }) => konfig)) * 1000).toFixed(0)} ms of processor, bare ${(median(costs.map(({ bare }) => bare)) * 1000).toFixed(0)} ms: ${cost.toFixed(2)}; a stream ${(bytes.konfig / 1024).toFixed(1)} KiB, bare ${(bytes.bare / 1024).toFixed(1)} KiB`,
  )
  figures.push(
    atMost(
      'a change told to 5,000 streams',
      cost,
      1.2,
      'times the processor time of bare node:http',
      `whole processes, the write and its commit among it, against node:http writing the same bytes to as many; ${rounds} alternating rounds of ${broadcasts}, median`,
    ),
    atMost(
      'memory of a stream',
      bytes.konfig / bytes.bare,
      1.2,
      'times the resident bytes of one of bare node:http',
      `growth of each whole process from before its first stream until ${crowd} streams have been told ${rounds * broadcasts} changes`,
    ),
  )
  await raw.stop()
  await others.stop()

  const generator = startGenerator()
  const reads = (seconds: number) =>
    generator.run({
      port: server.port,
      connections: 8,
      count: seconds * 8 * 50,
      lines: Array.from({ length: 100 }, (_, index) => readLine(namespaceName, keyName(index))),
      fields: [fields(world.credentials[1] ?? '')],
      order: 'turn',
      status: 200,
      every: 20,
    })
  await reads(2)
  const quiet = await reads(8)
  const before = processorSeconds(server.pid)
  const returning = own.ask<Returned>({ do: 'cut' })
  const during = await reads(12)
  const returned = await returning
  const back = ((processorSeconds(server.pid) - before) / crowd) * 1e6
  say(
    `streams: ${crowd} cut at once were back in ${returned.seconds.toFixed(1)} s, at most ${returned.mostInASecond} in a second, ${returned.synced} told everything again, ${back.toFixed(0)} µs of processor each, reads among it; reads meanwhile p99 ${during.p99.toFixed(2)} ms, before ${quiet.p99.toFixed(2)} ms`,
  )
  if (returned.synced > 0)
    throw new Error(`${returned.synced} streams were told everything again though nothing was missed`)
  figures.push(
    atMost(
      '5,000 streams cut at once, all back',
      returned.seconds,
      60,
      's',
      `each comes back when its retry says, where it was; the most within one second: ${returned.mostInASecond}`,
    ),
    atMost(
      'reads while 5,000 streams come back, p99',
      during.p99,
      10,
      'ms',
      `8 connections of another tenant, a read every 20 ms each, counted from when it was due; ${quiet.p99.toFixed(2)} ms with the streams open and quiet`,
    ),
  )
  await generator.stop()
  await own.stop()
  await server.end()
  return figures
}
