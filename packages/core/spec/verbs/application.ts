// application shop: the keys that an application reads, each with the namespace it comes from.
import type { Verb } from '../verb.ts'
import { resolveApplication } from '../../src/resolve/application.ts'
import { found, worldFor } from '../stage.ts'

export const application: Verb = {
  reads: ({ who, environment, words: [name = ''] }, stage) => {
    const resource = found(stage, who, { kind: 'application', name })
    if (resource === undefined) return ['not defined']
    return [...resolveApplication(worldFor(stage, who, environment), resource)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([key, { value, namespace }]) =>
          `${key}  ${value === undefined ? 'no value' : JSON.stringify(value)}  from ${namespace}`,
      )
  },
}
