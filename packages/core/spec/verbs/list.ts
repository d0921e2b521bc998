// list billing: every key of a namespace with its value, by name.
import type { Verb } from '../verb.ts'
import { resolveNamespace } from '../../src/resolve/resolve.ts'
import { worldFor } from '../stage.ts'

export const list: Verb = {
  reads: ({ who, environment, words: [namespace = ''] }, stage) =>
    [...resolveNamespace(worldFor(stage, who, environment), namespace)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([key, { value, definedBy }]) =>
          `${key}  ${value === undefined ? 'no value' : JSON.stringify(value)}  defined by ${definedBy}`,
      ),
}
