// What it costs to read from a node that holds 1,000,000 keys in 10,000 tenants, against one that holds 1,000 keys.
import { atMost, type Case } from '../figure.ts'
import { compare, type Loaded, tell } from '../load/compare.ts'
import type { Job } from '../load/generator.ts'
import { residentBytes, startGenerator } from '../load/processes.ts'
import { fields, readLine } from '../load/request.ts'
import { keyName, type Seeded, seed } from '../world/seed.ts'
import { type RunningServer, startServer } from '../world/server.ts'
import { few, many, namespaceName } from '../world/worlds.ts'

const keysEach = 100
const large = { KONFIG_STATE_MEGABYTES: '16384', KONFIG_ANSWER_MEGABYTES: '4096' }

export const manyTenants: Case = async (say) => {
  const [small, big] = [await seed(few, say), await seed(many, say)]
  const generator = startGenerator()
  const smallNode = await startServer(small.folder, large)
  const bigNode = await startServer(big.folder, large)
  const load = (
    server: RunningServer,
    { credentials }: Seeded,
    order: Job['order'],
    tenants: number,
    count: number,
  ): Loaded => ({
    pid: server.pid,
    job: {
      port: server.port,
      connections: 16,
      count,
      lines: Array.from({ length: keysEach }, (_, index) => readLine(namespaceName, keyName(index))),
      fields: credentials.slice(0, tenants).map((credential) => fields(credential)),
      order,
      status: 200,
    },
  })
  say('many-tenants: each of 1,000,000 keys is read once')
  await generator.run(load(bigNode, big, 'turn', many.tenants, many.tenants * keysEach).job)
  await generator.run(load(smallNode, small, 'turn', few.tenants, few.tenants * keysEach).job)
  say(
    `many-tenants: the large node takes ${(residentBytes(bigNode.pid) / 2 ** 20).toFixed(0)} MiB, the small one ${(residentBytes(smallNode.pid) / 2 ** 20).toFixed(0)}`,
  )

  const count = 60_000
  const same = await compare(
    generator,
    load(smallNode, small, 'random', few.tenants, count),
    load(bigNode, big, 'random', few.tenants, count),
    9,
  )
  say(`the same 1,000 keys, small and large node: ${tell(same)}`)
  const all = await compare(
    generator,
    load(smallNode, small, 'random', few.tenants, count),
    load(bigNode, big, 'random', many.tenants, count),
    9,
  )
  say(`1,000 keys on the small node, all 1,000,000 on the large one: ${tell(all)}`)
  await generator.stop()
  await Promise.all([smallNode.end(), bigNode.end()])
  const how = `processor time per authenticated read of one value, two servers, 9 alternating rounds of ${count}, median`
  return [
    atMost('the same 1,000 keys on a node of 1,000,000', same.ratio, 1.05, 'times the cost on a node of 1,000', how),
    atMost('uniformly random over 1,000,000 keys', all.ratio, 1.5, 'times the cost of 1,000 keys', how),
  ]
}
