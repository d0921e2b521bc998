// One run on one place: clients at work while faults strike, then peace, then the log is read from nodes that start afresh, and judged.
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './faults/fault.ts'
import { healNode, healStore, untilAcknowledged } from './heal.ts'
import { check } from './history/check.ts'
import type { Finding } from './history/history.ts'
import type { Place } from './places/place.ts'
import { openRandom, type Random } from './random.ts'
import { ask } from '../harness/client.ts'
import { byWorker } from './workload/answered.ts'
import { collect, verify } from './workload/collect.ts'
import { newNode, type Node } from './workload/node.ts'
import { openRecord } from './workload/record.ts'
import { revisionOf } from './workload/request.ts'
import { environment, makeTenant, namespace } from './workload/tenant.ts'
import { keys, startLoad } from './workload/workload.ts'
import { type Figures, figuresOf } from './figures.ts'

export interface RunOptions {
  readonly seed: number
  readonly faults: readonly Fault[]
  readonly nodes: number
  readonly clients: number
  /** Longest time that one fault lasts. */
  readonly longestMillis: number
  /** How long faults go on; without it each strikes once, kills first. */
  readonly millis?: number
  /** No fault begins so long after the first; what nodes and servers took to start is not counted. */
  readonly within?: number
  readonly say?: (text: string) => void
}

export interface Result {
  readonly findings: readonly Finding[]
  readonly figures: Figures
  /** Faults that this machine could not give, or had no time for, and why. */
  readonly missing: readonly { readonly fault: string; readonly why: string }[]
}

/** Each once, kills before others and slow ones at the end of each, or any of them until the time is over. */
function* order(faults: readonly Fault[], random: Random, millis: number | undefined): Generator<Fault> {
  if (millis === undefined) {
    const rankOf = ({ name, slow = false }: Fault): number => (name.startsWith('kill') ? 0 : 2) + (slow ? 1 : 0)
    yield* random.shuffle(faults).toSorted((a, b) => rankOf(a) - rankOf(b))
    return
  }
  const until = performance.now() + millis
  while (faults.length > 0 && performance.now() < until) yield random.pick(faults)
}

/** What the server log says of a request that was answered with an error that nobody should see. */
const reasonsFor = (what: string, nodes: readonly Node[]): string => {
  const request = /"requestId":"([^"]+)"/.exec(what)?.[1]
  return request === undefined
    ? ''
    : nodes
        .flatMap((node) => node.lines(request))
        .map((line) => `\n    ${line}`)
        .join('')
}

export const run = async (place: Place, options: RunOptions): Promise<Result> => {
  const { seed, longestMillis, millis, say = () => undefined } = options
  const random = openRandom(seed).fork(place.backend)
  const record = openRecord()
  const nodes = Array.from({ length: Math.min(place.nodes, options.nodes) }, (_, index) =>
    newNode(`node ${index + 1}`, place.optionsOf(index), place.nodeMachine.environment, (what) =>
      record.wrong({ rule: 'broken', what }),
    ),
  )
  const struck = new Map<string, number>()
  const late: { readonly fault: string; readonly why: string }[] = []
  const healings: number[] = []
  const standings = [...options.faults, ...(place.own ?? [])].map((fault) => ({
    fault,
    standing: fault.standing(place),
  }))
  const possible = standings.filter(({ standing }) => standing.is === 'possible').map(({ fault }) => fault)
  try {
    const [first] = nodes
    if (first === undefined) throw new Error('a run needs a node')
    await first.start()
    const key = await makeTenant(first, place.journal)
    await Promise.all(nodes.slice(1).map((node) => node.start()))
    const source = () => ({ url: nodes.find((node) => node.life() !== undefined)?.life()?.url ?? '', key })
    const empty = await ask(source(), {
      method: 'GET',
      path: `/values/${namespace}`,
      query: { environment },
      credential: key,
    })
    const before = revisionOf(empty.headers)
    const platform = Number.parseInt(empty.headers.get('konfig-point') ?? '', 10)
    const load = startLoad({
      nodes,
      key,
      record,
      random: random.fork('load'),
      clients: options.clients,
      before,
      platform,
    })

    const began = performance.now()
    const lane = async (name: Fault['lane']): Promise<void> => {
      const chance = random.fork(name)
      const mine = possible.filter((fault) => fault.lane === name)
      for (const fault of order(mine, chance, millis)) {
        if (performance.now() > began + (options.within ?? Number.POSITIVE_INFINITY)) {
          late.push({ fault: fault.name, why: 'there was no time left' })
          continue
        }
        await wait(chance.between(50, Math.round(longestMillis / 2)))
        struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1)
        say(`${place.backend}: ${fault.name}`)
        await fault.strike({ place, nodes, random: chance, longestMillis }).catch((reason: unknown) => {
          say(`${place.backend}: ${fault.name} ended with ${String(reason)}`)
        })
        try {
          if (name === 'store') await healStore(place)
          else await Promise.all(nodes.map(healNode))
          healings.push(await untilAcknowledged(record))
        } catch (reason) {
          const last = nodes.flatMap((node) => node.lines('').slice(-5)).join('\n    ')
          record.wrong({ rule: 'broken', what: `${fault.name}: ${String(reason)}\n    ${last}` })
          return
        }
      }
    }
    try {
      await Promise.all([lane('nodes'), lane('store')])
    } finally {
      await load.stop()
    }

    // What was acknowledged must be on the disk: nothing is left that only remembers it.
    await Promise.all(nodes.map((node) => node.end('SIGKILL')))
    await healStore(place)
    await Promise.all(nodes.map(healNode))
    const seconds = (performance.now() - began) / 1000
    const log = await collect(source(), before, keys)
    const unsound = await verify(source())
    if (unsound !== undefined) record.wrong({ rule: 'broken', what: `the log does not verify: ${unsound}` })
    const { writes, reads } = place.workers === true ? byWorker(nodes, record) : record
    const { looks } = record
    const wrongs = record.wrongs.map(({ rule, what }) => ({ rule, what: `${what}${reasonsFor(what, nodes)}` }))
    const findings = check({ writes, reads, wrongs, looks, before, log })
    return {
      findings,
      figures: figuresOf({ place, seed, nodes: nodes.length, seconds, struck, healings, writes, reads, log, findings }),
      missing: [
        ...standings.flatMap(({ fault, standing }) =>
          standing.is === 'missing' ? [{ fault: fault.name, why: standing.why }] : [],
        ),
        ...late,
      ],
    }
  } finally {
    await Promise.all(nodes.map((node) => node.remove()))
  }
}
