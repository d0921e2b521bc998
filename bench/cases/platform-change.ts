// A platform default changes under 10,000 tenants: what is computed again before anybody asks, and whether the commit costs more than under one.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { atMost, type Case } from '../figure.ts'
import { median, startHelper } from '../load/processes.ts'
import { seed } from '../world/seed.ts'
import { many, single } from '../world/worlds.ts'

const rounds = 11
const commits = 200
/** Long enough for polls and hints to have come. */
const settleMillis = 1500

export const platformChange: Case = async (say) => {
  const open = async (world: typeof many) => {
    const seeded = await seed(world, say)
    const helper = await startHelper(join(import.meta.dirname, 'platform-change-child.ts'), [
      seeded.folder,
      String(world.tenants),
    ])
    const ask = async <T>(line: string): Promise<T> => JSON.parse(await helper.ask(line)) as T
    return {
      made: Number(helper.ready),
      ask,
      commit: () => ask<{ readonly busy: number; readonly waited: number }>(`commits ${commits}`),
      end: async () => {
        await helper.stop()
        rmSync(seeded.folder, { recursive: true })
      },
    }
  }
  const one = await open(single)
  const all = await open(many)
  await one.commit()
  await all.commit()
  await wait(settleMillis)
  const unasked = (await all.ask<number>('made')) - all.made
  const asked = (await all.ask<number>('read 10')) - all.made - unasked
  say(
    `platform-change: ${commits} commits under ${many.tenants} tenants computed ${unasked} answers; 10 tenants asked, ${asked} more`,
  )
  if (asked !== 10) throw new Error(`10 tenants asked for the new default and ${asked} answers were computed`)

  const busy: number[] = []
  const waited: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [first, second] = round % 2 === 0 ? [one, all] : [all, one]
    const early = await first.commit()
    const late = await second.commit()
    const [alone, many10k] = round % 2 === 0 ? [early, late] : [late, early]
    busy.push(many10k.busy / alone.busy)
    waited.push(many10k.waited / alone.waited)
  }
  say(
    `platform-change: a commit under 10,000 tenants takes ${median(busy).toFixed(2)} of the processor time and ${median(waited).toFixed(2)} of the time of one under a single tenant`,
  )
  await Promise.all([one.end(), all.end()])
  return [
    atMost(
      'answers computed again by a platform change before anybody asks',
      unasked,
      0,
      'answers',
      `${many.tenants} tenants had read the default; ${commits} commits changed it; counted, not timed, ${settleMillis} ms later. Ten tenants asked then: ten answers`,
    ),
    atMost(
      'a platform commit under 10,000 tenants',
      median(busy),
      1.1,
      'times the processor time under one',
      `two processes that hold all their tenants, ${rounds} alternating rounds of ${commits} commits one after the other, all threads, median`,
    ),
  ]
}
