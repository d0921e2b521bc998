// What reads of one tenant keep of their throughput while 64 writers commit to another: in the server's process, over HTTP, and on a slower disk.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { slowDisk } from '../disk/shim.ts'
import { atLeast, type Case, type Figure } from '../figure.ts'
import type { Job } from '../load/generator.ts'
import { type Generator, type Helper, median, startGenerator, startHelper } from '../load/processes.ts'
import { fields, readLine, writeLine } from '../load/request.ts'
import { keyName, seed } from '../world/seed.ts'
import { few, namespaceName } from '../world/worlds.ts'

const rounds = 7
const millis = 1500
const writers = 64

/** Whoever writes: begins, and answers the commits a second once told to end. */
type Writers = () => Promise<() => Promise<number>>

const inProcess =
  (helper: Helper): Writers =>
  async () => {
    await helper.ask('write')
    return async () => Number(await helper.ask('rest'))
  }

const mark = '########'

const overHttp =
  (generator: Generator, port: number, credential: string): Writers =>
  async () => {
    const body = `{"value":"value ${mark}"}`
    const job: Job = {
      port,
      connections: writers,
      count: 1_000_000,
      lines: Array.from({ length: writers }, (_, index) => writeLine(namespaceName, keyName(index))),
      fields: [fields(credential, `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`) + body],
      order: 'turn',
      status: 200,
      numbered: mark,
    }
    const running = generator.run(job)
    return async () => {
      generator.cut()
      const { count, seconds } = await running
      return count / seconds
    }
  }

export const readsMeanwhile: Case = async (say) => {
  const figures: Figure[] = []
  const generator = startGenerator()
  const other = startGenerator()
  const measure = async (
    name: string,
    http: boolean,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const world = await seed(few, say)
    const helper = await startHelper(
      join(import.meta.dirname, 'reads-meanwhile-child.ts'),
      [world.folder],
      [],
      environment,
    )
    const [port = '', credential = ''] = helper.ready.split(' ')
    const write = http ? overHttp(other, Number(port), credential) : inProcess(helper)
    const job = {
      port: Number(port),
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
      const end = await write()
      const busy = await perSecond()
      commits.push(await end())
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
        `16 connections read one tenant as fast as they are answered, 64 writers ${http ? 'over HTTP, from a process of their own,' : "in the server's process"} commit to another as fast as they can (${median(commits).toFixed(0)} commits a second); ${rounds} alternating rounds of ${millis / 1000} s, median`,
      ),
    )
  }
  await measure('reads while 64 writers commit', false)
  await measure('reads while 64 writers commit, 2 ms fsync', false, slowDisk())
  await measure('reads while 64 writers commit over HTTP', true)
  await measure('reads while 64 writers commit over HTTP, 2 ms fsync', true, slowDisk())
  await generator.stop()
  await other.stop()
  return figures
}
