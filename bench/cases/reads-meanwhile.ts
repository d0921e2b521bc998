// What reads of one tenant keep of their throughput while 64 writers commit to another, on the disk as it is and on a slower one.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { slowDisk } from '../disk/shim.ts'
import { atLeast, type Case, type Figure } from '../figure.ts'
import { median, startGenerator, startHelper } from '../load/processes.ts'
import { fields, readLine } from '../load/request.ts'
import { keyName, seed } from '../world/seed.ts'
import { few, namespaceName } from '../world/worlds.ts'

const rounds = 7
const millis = 1500

export const readsMeanwhile: Case = async (say) => {
  const figures: Figure[] = []
  const generator = startGenerator()
  const measure = async (name: string, environment: Readonly<Record<string, string>>): Promise<void> => {
    const world = await seed(few, say)
    const helper = await startHelper(
      join(import.meta.dirname, 'reads-meanwhile-child.ts'),
      [world.folder],
      [],
      environment,
    )
    const job = {
      port: Number(helper.ready),
      connections: 16,
      count: 1_000_000,
      lines: Array.from({ length: 100 }, (_, index) => readLine(namespaceName, keyName(index))),
      fields: [fields(world.credentials[1] ?? '')],
      order: 'turn',
      status: 200,
    } as const
    const perSecond = async () => {
      const cut = setTimeout(generator.cut, millis)
      const { count, seconds, p99 } = await generator.run(job)
      clearTimeout(cut)
      return { reads: count / seconds, p99 }
    }
    const kept: number[] = []
    const tails: number[] = []
    const commits: number[] = []
    const rates: number[] = []
    await perSecond()
    for (let round = 0; round < rounds; round++) {
      const quiet = await perSecond()
      await helper.ask('write')
      const busy = await perSecond()
      commits.push(Number(await helper.ask('rest')))
      kept.push(busy.reads / quiet.reads)
      tails.push(busy.p99 / quiet.p99)
      rates.push(busy.reads)
    }
    await helper.stop()
    rmSync(world.folder, { recursive: true })
    say(
      `${name}: ${median(kept).toFixed(2)} of ${(median(rates) / median(kept)).toFixed(0)} reads a second kept, at ${median(commits).toFixed(0)} commits a second; p99 x ${median(tails).toFixed(1)}`,
    )
    figures.push(
      atLeast(
        name,
        median(kept),
        0.8,
        'of their throughput alone',
        `16 connections read one tenant as fast as they are answered, 64 writers in the server's process commit to another as fast as they can (${median(commits).toFixed(0)} commits a second); ${rounds} alternating rounds of ${millis / 1000} s, median`,
      ),
    )
  }
  await measure('reads while 64 writers commit', {})
  await measure('reads while 64 writers commit, 2 ms fsync', slowDisk())
  await generator.stop()
  return figures
}
