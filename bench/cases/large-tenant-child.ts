// Loads one large tenant in a process of its own and says how long it took and what it takes. Needs --expose-gc.
import { setTimeout as wait } from 'node:timers/promises'
import { openInstallationIn } from '../../tests/harness/installation.ts'

const collect = globalThis.gc
if (collect === undefined) throw new Error('start it with --expose-gc')
/** What is alive, on the heap and beside it. */
const alive = async (): Promise<number> => {
  for (let round = 0; round < 3; round++) {
    collect()
    await wait(20)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const { app, close } = await openInstallationIn(process.argv[2] as string)
const tenant = await app.directory.find('tenant-0')
if (tenant === undefined) throw new Error('there is no tenant-0')
const before = await alive()

let stall = 0
let last = performance.now()
const watch = setInterval(() => {
  const now = performance.now()
  stall = Math.max(stall, now - last - 1)
  last = now
}, 1)
const began = performance.now()
const held = await app.logs.hold(tenant.config)
const seconds = (performance.now() - began) / 1000
clearInterval(watch)
const loaded = (await alive()) - before

const state = held.state()
let count = 0
const texts: string[] = []
for (const space of state.spaces('config/'))
  for (const { body } of state.entries(space)) {
    count++
    texts.push(JSON.stringify(body['value']))
  }
const empty = await alive()
// As parsing leaves them: strings of their own.
const values = texts.map((text) => JSON.parse(text) as unknown)
const ofValues = (await alive()) - empty
if (values.length !== count || held.commitsSinceSnapshot() !== 0)
  throw new Error('the tenant did not come from its snapshot')
process.stdout.write(
  `${JSON.stringify({ seconds, stall, count, bytesPerKey: (loaded - ofValues) / count, bytesPerValue: ofValues / count, peak: process.resourceUsage().maxRSS * 1024 })}\n`,
)
await close()
