// What writers were told against what the log holds.
import type { Attempt, Entry, Finding, History, Moment, Write } from './history.ts'

type Acknowledged = Attempt & { readonly told: 'acknowledged' }

const acknowledgedOf = ({ attempts }: Write): readonly Acknowledged[] =>
  attempts.filter((attempt): attempt is Acknowledged => attempt.told === 'acknowledged')

export const begunAt = ({ attempts }: Write): Moment => Math.min(...attempts.map(({ begun }) => begun))

const asTold = (write: Write, entry: Entry | undefined): readonly Finding[] => {
  const { label, keys, attempts } = write
  const told = acknowledgedOf(write)
  if (entry === undefined)
    return told.slice(0, 1).map(({ revision }) => ({
      rule: 'lost',
      what: `${label} was acknowledged at revision ${revision} and is not there`,
    }))
  if (attempts.every(({ told: each }) => each === 'refused'))
    return [
      { rule: 'refused yet there', what: `${label} is at revision ${entry.revision}, and was refused: ${whys(write)}` },
    ]
  const found = entry.changes.map(({ key, value }) => `${key}=${value}`).sort()
  const asked = keys.map((key) => `${key}=${label}`).sort()
  return [
    ...told
      .filter(({ revision, commit }) => revision !== entry.revision || commit !== entry.id)
      .map(({ revision, commit }) => ({
        rule: 'not as told' as const,
        what: `${label} was told to be revision ${revision}, commit ${commit}, and is revision ${entry.revision}, commit ${entry.id}`,
      })),
    ...(found.join() === asked.join()
      ? []
      : [{ rule: 'not as told' as const, what: `${label} asked for ${asked.join()}, and there is ${found.join()}` }]),
  ]
}

const whys = ({ attempts }: Write): string =>
  [...new Set(attempts.map((each) => ('why' in each ? each.why : '')))].join()

const asExpected = ({ label, keys, ifVersion }: Write, entry: Entry | undefined): readonly Finding[] => {
  if (ifVersion === undefined || entry === undefined) return []
  const version = entry.changes.find(({ key }) => key === keys[0])?.version
  return version === ifVersion + 1
    ? []
    : [
        {
          rule: 'decided on another state',
          what: `${label} wanted ${keys[0]} at version ${ifVersion}, and made version ${version}`,
        },
      ]
}

/** From the newest down: nothing may have begun after something above it had been acknowledged. */
const inOrder = (log: readonly Entry[], writes: ReadonlyMap<string, Write>): readonly Finding[] => {
  let earliest = Number.POSITIVE_INFINITY
  let above = ''
  return log.toReversed().flatMap(({ label }): readonly Finding[] => {
    const write = writes.get(label)
    if (write === undefined) return []
    const wrong: readonly Finding[] =
      begunAt(write) > earliest
        ? [{ rule: 'out of order', what: `${label} began after ${above} was acknowledged, and lies before it` }]
        : []
    for (const { ended } of acknowledgedOf(write))
      if (ended < earliest) {
        earliest = ended
        above = label
      }
    return wrong
  })
}

export const checkWrites = ({ writes, log }: History): readonly Finding[] => {
  const entries = new Map(log.map((entry) => [entry.label, entry]))
  const asked = new Map(writes.map((write) => [write.label, write]))
  return [
    ...writes.flatMap((write) => [
      ...asTold(write, entries.get(write.label)),
      ...asExpected(write, entries.get(write.label)),
    ]),
    ...log
      .filter(({ label }) => !asked.has(label))
      .map(({ label, revision }) => ({
        rule: 'not as told' as const,
        what: `nobody asked for ${label} at revision ${revision}`,
      })),
    ...inOrder(log, asked),
  ]
}
