// The log by itself: dense, each commit once, times that do not run backwards, versions in steps of one, and nothing rewritten.
import type { Entry, Finding, History } from './history.ts'

const doubles = (log: readonly Entry[], nameOf: (entry: Entry) => string, what: string): readonly Finding[] => {
  const seen = new Map<string, number>()
  return log.flatMap((entry) => {
    const name = nameOf(entry)
    const before = seen.get(name)
    seen.set(name, entry.revision)
    return before === undefined
      ? []
      : [{ rule: 'doubled' as const, what: `${what} ${name} is at revisions ${before} and ${entry.revision}` }]
  })
}

const steps = ({ log, before }: History): readonly Finding[] =>
  log.flatMap((entry, index): readonly Finding[] => {
    const previous = log[index - 1]
    const expected = (previous?.revision ?? before) + 1
    return [
      ...(entry.revision === expected
        ? []
        : [{ rule: 'gap' as const, what: `revision ${entry.revision} is where ${expected} should be` }]),
      ...(previous !== undefined && entry.time < previous.time
        ? [
            {
              rule: 'out of order' as const,
              what: `revision ${entry.revision} has an earlier time than the one before`,
            },
          ]
        : []),
    ]
  })

const versions = (log: readonly Entry[]): readonly Finding[] => {
  const last = new Map<string, number>()
  return log.flatMap(({ revision, changes }) =>
    changes.flatMap(({ key, version }) => {
      const expected = (last.get(key) ?? 0) + 1
      last.set(key, version)
      return version === expected
        ? []
        : [{ rule: 'gap' as const, what: `${key} goes to version ${version} at ${revision}, and ${expected} was next` }]
    }),
  )
}

const rewritten = ({ looks, log }: History): readonly Finding[] => {
  const ids = new Map(log.map(({ revision, id }) => [revision, id]))
  return looks
    .filter(({ revision, id }) => ids.get(revision) !== id)
    .map(({ revision, id }) => ({
      rule: 'rewritten',
      what: `revision ${revision} was commit ${id} when it was looked at, and is ${ids.get(revision) ?? 'not there'}`,
    }))
}

export const checkLog = (history: History): readonly Finding[] => [
  ...steps(history),
  ...doubles(history.log, ({ id }) => id, 'commit'),
  ...doubles(history.log, ({ label }) => label, 'write'),
  ...versions(history.log),
  ...rewritten(history),
]
