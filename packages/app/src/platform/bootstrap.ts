// What an empty platform begins with: default plans and environments, in one commit. Owns when, not what (default-plans.ts).
import { decide, type Intention } from '@konfig/core'
import type { App } from '../app.ts'
import { defaultEnvironments, defaultPlans } from './default-plans.ts'

const intentions: readonly Intention[] = [
  ...Object.entries(defaultPlans).map(([name, body]) => ({ op: 'put', kind: 'plan', name, body }) as const),
  ...Object.entries(defaultEnvironments).map(
    ([name, body]) => ({ op: 'put', kind: 'environment', name, body }) as const,
  ),
]

/** Answers whether there was anything to do: a platform that has any commit is left alone, also where two nodes start at once. */
export const bootstrapPlatform = async (app: App): Promise<boolean> => {
  const { commit } = await app.platform.write<undefined>({
    actor: 'system',
    origin: { type: 'bootstrap' },
    message: 'First start: default plans and environments',
    decide: (state) => {
      const nothing = { ok: true, value: { changes: [], platform: state.revision, answer: undefined } } as const
      if (state.revision > 0) return nothing
      const decided = decide({ side: 'platform', state, platform: state, newId: app.ports.newId }, intentions)
      return decided.ok
        ? { ok: true, value: { changes: decided.value, platform: state.revision, answer: undefined } }
        : decided
    },
  })
  return commit !== undefined
}
