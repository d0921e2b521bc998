// Every read against the state at the revision that it named, and against what had been asked and shown by then.
import { begunAt } from './check-writes.ts'
import type { Entry, Finding, History, Moment, Read } from './history.ts'

const text = (values: { readonly [key: string]: string }): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(' ')

const nameOf = ({ process, revision, at }: Read): string =>
  `${process} at revision ${revision}${at === undefined ? '' : ` (asked for ${at})`}`

/** In order of revision, so that the log is gone through once. */
const asItWas = ({ reads, log, before, writes }: History): readonly Finding[] => {
  const begun = new Map(writes.map((write) => [write.label, begunAt(write)]))
  const state: { [key: string]: string } = {}
  let latest: Moment = Number.NEGATIVE_INFINITY
  let next = 0
  return reads
    .toSorted((a, b) => a.revision - b.revision)
    .flatMap((read): readonly Finding[] => {
      for (
        let entry: Entry | undefined;
        (entry = log[next]) !== undefined && entry.revision <= read.revision;
        next += 1
      ) {
        for (const { key, value } of entry.changes) state[key] = value
        latest = Math.max(latest, begun.get(entry.label) ?? latest)
      }
      if (read.revision > (log.at(-1)?.revision ?? before))
        return [{ rule: 'from the future', what: `${nameOf(read)} is beyond the log's end` }]
      return [
        ...(latest > read.ended
          ? [{ rule: 'from the future' as const, what: `${nameOf(read)} ended before what it contains was asked for` }]
          : []),
        ...(text(state) === text(read.values)
          ? []
          : [{ rule: 'never true' as const, what: `${nameOf(read)} is ${text(read.values)}, and was ${text(state)}` }]),
        ...(read.at !== undefined && read.at !== read.revision
          ? [{ rule: 'never true' as const, what: `${nameOf(read)} is not what was asked for` }]
          : []),
        ...(read.atLeast !== undefined && read.revision < read.atLeast
          ? [
              {
                rule: 'stale after Konfig-Min-Point' as const,
                what: `${nameOf(read)}, and ${read.atLeast} was the least`,
              },
            ]
          : []),
      ]
    })
}

interface Shown {
  readonly at: Moment
  readonly revision: number
}

/** A process shows no less than it has shown: neither to readers nor, by acknowledging, to writers. */
const neverBack = ({ reads, writes }: History): readonly Finding[] => {
  const shown = new Map<string, Shown[]>()
  const add = (process: string, each: Shown): void => {
    const list = shown.get(process) ?? []
    list.push(each)
    shown.set(process, list)
  }
  for (const read of reads) if (read.at === undefined) add(read.process, { at: read.ended, revision: read.revision })
  for (const { attempts } of writes)
    for (const each of attempts)
      if (each.told === 'acknowledged') add(each.process, { at: each.ended, revision: each.revision })
  const sorted = new Map([...shown].map(([process, list]) => [process, list.toSorted((a, b) => a.at - b.at)]))
  const asked = Map.groupBy(
    reads.filter(({ at }) => at === undefined).toSorted((a, b) => a.begun - b.begun),
    ({ process }) => process,
  )
  return [...asked].flatMap(([process, list]) => {
    const before = sorted.get(process) ?? []
    let next = 0
    let most = 0
    return list.flatMap((read): readonly Finding[] => {
      for (let each: Shown | undefined; (each = before[next]) !== undefined && each.at < read.begun; next += 1)
        most = Math.max(most, each.revision)
      return read.revision < most ? [{ rule: 'backwards', what: `${nameOf(read)}, after it had shown ${most}` }] : []
    })
  })
}

export const checkReads = (history: History): readonly Finding[] => [...asItWas(history), ...neverBack(history)]
