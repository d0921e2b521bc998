// A tenant of 1,000,000 keys: how long it takes to load, what it takes in memory, and what others notice of it.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { atMost, type Case } from '../figure.ts'
import { startGenerator, startHelper } from '../load/processes.ts'
import { fields, readLine, readRequest } from '../load/request.ts'
import { bystanderKeys, keyName, seed } from '../world/seed.ts'
import { fetchBytes, startServer } from '../world/server.ts'
import { large, namespaceName } from '../world/worlds.ts'

interface Loaded {
  readonly seconds: number
  readonly stall: number
  readonly bytesPerKey: number
  readonly bytesPerValue: number
  readonly peak: number
}

const every = 10
const connections = 8

export const largeTenant: Case = async (say) => {
  const alone = await seed(large, say)
  const helper = await startHelper(join(import.meta.dirname, 'large-tenant-child.ts'), [alone.folder], ['--expose-gc'])
  const loaded = JSON.parse(helper.ready) as Loaded
  await helper.stop()
  rmSync(alone.folder, { recursive: true })
  say(
    `large-tenant: loaded in ${loaded.seconds.toFixed(2)} s, ${loaded.bytesPerKey.toFixed(0)} bytes a key beyond ${loaded.bytesPerValue.toFixed(0)} of its value, longest stall ${loaded.stall.toFixed(0)} ms, peak ${(loaded.peak / 2 ** 20).toFixed(0)} MiB`,
  )

  const world = await seed(large, say)
  const server = await startServer(world.folder, { KONFIG_STATE_MEGABYTES: '4096' })
  const generator = startGenerator()
  const job = {
    port: server.port,
    connections,
    count: 1_000_000,
    lines: Array.from({ length: bystanderKeys }, (_, index) => readLine(namespaceName, keyName(index))),
    fields: [fields(world.bystander ?? '')],
    order: 'turn',
    status: 200,
    every,
  } as const
  await generator.run({ ...job, count: 2000 })
  const quiet = await generator.run({ ...job, count: 2000 })
  const reading = generator.run(job)
  const began = performance.now()
  const answer = (
    await fetchBytes(server.port, readRequest(world.credentials[0] ?? '', 'namespace-50', keyName(9)))
  ).toString()
  const seconds = (performance.now() - began) / 1000
  generator.cut()
  const meanwhile = await reading
  await generator.stop()
  await server.end()
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(answer.slice(0, 400))
  say(
    `large-tenant: its first answer after ${seconds.toFixed(2)} s; ${meanwhile.count} reads of another tenant meanwhile, p50 ${meanwhile.p50.toFixed(2)}, p99 ${meanwhile.p99.toFixed(2)}, longest ${meanwhile.maximum.toFixed(1)} ms (before: ${quiet.p50.toFixed(2)}, ${quiet.p99.toFixed(2)}, ${quiet.maximum.toFixed(1)})`,
  )
  return [
    atMost(
      'a tenant of 1,000,000 keys loads from its snapshot',
      loaded.seconds,
      6,
      'seconds',
      'logs.hold() in a fresh process, snapshot without tail, chain and chunks verified',
    ),
    atMost(
      'memory of a tenant of 1,000,000 keys',
      loaded.bytesPerKey,
      500,
      'bytes a key beyond its value',
      'heapUsed + external after gc, less the same values alone, in an array',
    ),
    atMost(
      "other tenants' reads while a tenant of 1,000,000 keys loads",
      meanwhile.p99,
      15,
      'ms, p99',
      `a real server; ${connections} connections send a request every ${every} ms each, timed from when it was due, from the first request to the large tenant until its answer`,
    ),
  ]
}
