// What a run came to, in numbers, and how they are shown as a table. Judges nothing.
import type { Entry, Finding, Read, Write } from './history/history.ts'

export interface Figures {
  readonly backend: string
  readonly seed: number
  readonly nodes: number
  readonly seconds: number
  readonly faults: ReadonlyMap<string, number>
  /** kill -9, of nodes and of databases. */
  readonly kills: number
  readonly commits: number
  readonly acknowledged: number
  /** Writes of which a client did not know at first what had become of them, and what had. */
  readonly unknown: { readonly told: number; readonly there: number; readonly absent: number }
  /** What requests to write were told, and how often. */
  readonly told: ReadonlyMap<string, number>
  readonly reads: number
  readonly slowestHealing: number
  /** Acknowledged and not there. */
  readonly lost: number
  /** Everything else that must not be. */
  readonly wrong: number
}

export interface Seen {
  readonly place: { readonly backend: string }
  readonly seed: number
  readonly nodes: number
  readonly seconds: number
  readonly struck: ReadonlyMap<string, number>
  readonly healings: readonly number[]
  readonly writes: readonly Write[]
  readonly reads: readonly Read[]
  readonly log: readonly Entry[]
  readonly findings: readonly Finding[]
}

const toldBy = (writes: readonly Write[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { attempts } of writes)
    for (const attempt of attempts) {
      const text = 'why' in attempt ? `${attempt.told} ${attempt.why}` : attempt.told
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
  return counts
}

/** `3 x this, 1 x that`, the most frequent first. */
export const countsOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} x ${name}`)
    .join(', ')

export const figuresOf = ({
  place,
  seed,
  nodes,
  seconds,
  struck,
  healings,
  writes,
  reads,
  log,
  findings,
}: Seen): Figures => {
  const there = new Set(log.map(({ label }) => label))
  const acknowledged = writes.filter(({ attempts }) => attempts.some(({ told }) => told === 'acknowledged'))
  const doubtful = writes.filter(({ attempts }) => attempts.some(({ told }) => told === 'unknown'))
  const settled = new Set(acknowledged)
  const left = doubtful.filter((write) => !settled.has(write))
  const lost = findings.filter(({ rule }) => rule === 'lost').length
  return {
    backend: place.backend,
    seed,
    nodes,
    seconds: Math.round(seconds),
    faults: struck,
    kills: [...struck].reduce((sum, [name, count]) => (name.startsWith('kill -9') ? sum + count : sum), 0),
    commits: log.length,
    acknowledged: acknowledged.length,
    unknown: {
      told: doubtful.length - left.length,
      there: left.filter(({ label }) => there.has(label)).length,
      absent: left.filter(({ label }) => !there.has(label)).length,
    },
    told: toldBy(writes),
    reads: reads.length,
    slowestHealing: Math.max(0, ...healings) / 1000,
    lost,
    wrong: findings.length - lost,
  }
}

const columns: readonly (readonly [string, (figures: Figures) => string | number])[] = [
  ['backend', ({ backend }) => backend],
  ['nodes', ({ nodes }) => nodes],
  ['seconds', ({ seconds }) => seconds],
  ['faults', ({ faults }) => [...faults.values()].reduce((sum, count) => sum + count, 0)],
  ['kills', ({ kills }) => kills],
  ['commits', ({ commits }) => commits],
  ['acknowledged', ({ acknowledged }) => acknowledged],
  ['unknown, settled', ({ unknown }) => `${unknown.told} told, ${unknown.there} there, ${unknown.absent} not`],
  ['reads', ({ reads }) => reads],
  ['slowest healing', ({ slowestHealing }) => `${slowestHealing.toFixed(1)} s`],
  ['lost', ({ lost }) => lost],
  ['wrong', ({ wrong }) => wrong],
]

/** A table as Markdown has them. */
export const tableOf = (all: readonly Figures[]): string =>
  [
    columns.map(([name]) => name),
    columns.map(() => '---'),
    ...all.map((figures) => columns.map(([, valueOf]) => String(valueOf(figures)))),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
