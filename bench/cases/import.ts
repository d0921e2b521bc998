// An import of 100,000 keys over HTTP, alone and beside another tenant's reads, and what those notice of it. Reported; the goal is five seconds.
import { rmSync } from 'node:fs'
import { atMost, type Case } from '../figure.ts'
import { startGenerator } from '../load/processes.ts'
import { fields, readLine } from '../load/request.ts'
import { bystanderKeys, keyName, seed } from '../world/seed.ts'
import { startServer } from '../world/server.ts'
import { namespaceName, transfer } from '../world/worlds.ts'

const keys = 100_000
const every = 10
const connections = 8

const content = (): string =>
  JSON.stringify(
    Object.fromEntries(Array.from({ length: keys }, (_, index) => [`section-${index % 100}.key-${index}`, index])),
  )

export const importing: Case = async (say) => {
  const world = await seed(transfer, say)
  const server = await startServer(world.folder)
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
  const body = content()
  const send = async (namespace: string, query = ''): Promise<number> => {
    const began = performance.now()
    const reply = await fetch(
      `http://127.0.0.1:${server.port}/api/v1/import?format=json&namespace=${namespace}${query}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${world.credentials[0] ?? ''}` },
        body,
      },
    )
    const text = await reply.text()
    if (reply.status !== 200) throw new Error(text.slice(0, 400))
    return (performance.now() - began) / 1000
  }
  try {
    const tried = await send('imported', '&dryRun=true')
    const stored = await send('imported')
    const again = await send('imported')
    say(
      `import: ${keys} keys tried in ${tried.toFixed(2)} s, stored in ${stored.toFixed(2)} s, again in ${again.toFixed(2)} s`,
    )
    await generator.run({ ...job, count: 2000 })
    const reading = generator.run(job)
    await send('beside', '&dryRun=true')
    const beside = await send('beside')
    await send('beside')
    generator.cut()
    const meanwhile = await reading
    say(
      `import: beside another tenant's reads stored in ${beside.toFixed(2)} s; of ${meanwhile.count} reads meanwhile p50 ${meanwhile.p50.toFixed(2)}, p99 ${meanwhile.p99.toFixed(2)}, longest ${meanwhile.maximum.toFixed(1)} ms`,
    )
    const how = 'a real server on SQLite, one JSON file over HTTP into an empty namespace'
    return [
      atMost('an import of 100,000 keys', stored, 5, 'seconds', how),
      atMost(
        "other tenants' reads during an import of 100,000 keys",
        meanwhile.p99,
        50,
        'ms, p99',
        `${how}, tried, stored in ${beside.toFixed(1)} s and sent again; ${connections} connections send a request every ${every} ms each`,
      ),
    ]
  } finally {
    await generator.stop()
    await server.end()
    rmSync(world.folder, { recursive: true, force: true })
  }
}
