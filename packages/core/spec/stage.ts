// The logs that a script writes: the platform's and each tenant's, with their states step by step. Knows no verb.
import { spaceOf } from '../src/log/address.ts'
import type { Change, Commit } from '../src/log/commit.ts'
import { decide } from '../src/decide/decide.ts'
import type { Intention } from '../src/decide/intention.ts'
import { type World, worldOf } from '../src/resolve/world.ts'
import { emptyState, evolve } from '../src/state/evolve.ts'
import type { Handle } from '../src/state/handle.ts'
import type { Command } from './script.ts'

export interface Log {
  readonly commits: Commit[]
  state: Handle
}

export interface Stage {
  readonly logs: Map<string, Log>
}

export const logOf = (stage: Stage, name: string): Log => {
  let log = stage.logs.get(name)
  if (log === undefined) {
    log = { commits: [], state: emptyState(name) }
    stage.logs.set(name, log)
  }
  return log
}

export const platformOf = (stage: Stage): Handle => logOf(stage, 'platform').state

export const append = (stage: Stage, name: string, changes: readonly Change[]): void => {
  if (changes.length === 0) return
  const log = logOf(stage, name)
  const revision = log.commits.length + 1
  const commit: Commit = {
    id: `${name} ${revision}`,
    revision,
    time: revision,
    actor: name === 'platform' ? 'user:operator' : 'user:owner',
    origin: { type: 'api' },
    platform: name === 'platform' ? revision - 1 : platformOf(stage).revision,
    changes,
  }
  log.commits.push(commit)
  log.state = evolve(log.state, commit)
}

/** Decides and appends; answers the refusal's lines, or none. */
export const write = (stage: Stage, name: string, intentions: readonly Intention[]): readonly string[] => {
  const { state } = logOf(stage, name)
  let made = 0
  const decided = decide(
    {
      side: name === 'platform' ? 'platform' : 'tenant',
      state,
      platform: platformOf(stage),
      newId: () => `${name} ${state.revision + 1}.${++made}`,
    },
    intentions,
  )
  if (decided.ok) {
    append(stage, name, decided.value)
    return []
  }
  const { code, detail, errors = [] } = decided.failure
  const inner = errors.map((error) => `    ${error.index ?? ''}: ${error.code}: ${error.detail}`)
  return [`refused: ${code}: ${detail}`, ...(code === 'changes_rejected' || errors.length > 1 ? inner : [])]
}

/** Plans, brands and tenants come into being when a script first names them. */
export const introduce = (stage: Stage, { who, plan, brand }: Command): void => {
  const traits = { ...(plan === undefined ? {} : { plan }), ...(brand === undefined ? {} : { brand }) }
  for (const [kind, name] of Object.entries(traits))
    if (platformOf(stage).record(kind, name) === undefined)
      write(stage, 'platform', [{ op: 'put', kind: kind as 'plan' | 'brand', name, body: {} }])
  if (who === 'platform') return
  const before = logOf(stage, who).state.get('tenant', who)
  if (before === undefined || Object.keys(traits).length > 0)
    write(stage, who, [{ op: 'put', kind: 'tenant', name: who, body: { status: 'active', ...traits } }])
}

export const openStage = (): Stage => {
  const stage: Stage = { logs: new Map() }
  write(
    stage,
    'platform',
    ['dev', 'staging', 'production'].map((name) => ({ op: 'put', kind: 'environment', name, body: {} })),
  )
  return stage
}

export const worldFor = (stage: Stage, who: string, environment: string | undefined): World =>
  worldOf(platformOf(stage), who === 'platform' ? undefined : logOf(stage, who).state, environment)

/** The live resource of an identity in the log that a command writes. */
export const found = (stage: Stage, who: string, identity: Parameters<typeof spaceOf>[0]) =>
  logOf(stage, who).state.get(spaceOf(identity), identity.name)
