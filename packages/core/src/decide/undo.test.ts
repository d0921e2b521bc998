// What undo aims at and what it leaves, on states alone.
import { describe, expect, it } from 'vitest'
import type { Change } from '../log/commit.ts'
import { emptyState, evolve } from '../state/evolve.ts'
import type { Handle } from '../state/handle.ts'
import { decide } from './decide.ts'
import type { Intention } from './intention.ts'
import { leaveOut } from './leave-out.ts'
import { restoreAims } from './restore.ts'
import { revertAims } from './revert.ts'
import { rollback } from './rollback.ts'
import { undo } from './undo.ts'

let ids = 0
const newId = (): string => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`
const platform = emptyState('platform')
const deciding = (state: Handle) => ({ side: 'tenant', state, platform, newId }) as const

const put = (kind: Intention['kind'], name: string, body: object = {}, namespace?: string): Intention =>
  ({ op: 'put', kind, name, body, ...(namespace === undefined ? {} : { namespace }) }) as Intention

const land = (state: Handle, ...intentions: readonly Intention[]): Handle => {
  const decided = decide(deciding(state), intentions)
  if (!decided.ok) throw new Error(decided.failure.detail)
  return evolve(state, {
    id: newId(),
    revision: state.revision + 1,
    time: state.revision + 1,
    actor: 'system',
    origin: { type: 'test' },
    platform: 0,
    changes: decided.value,
  })
}

const config = (name: string, value: number): Intention => put('config', name, { type: 'number', value }, 'billing')
const start = (): Handle => land(emptyState('acme'), put('namespace', 'billing'), config('retries', 1))

describe('rollback', () => {
  const change = (more: object): Change =>
    ({
      op: 'put',
      kind: 'config',
      namespace: 'billing',
      name: 'retries',
      id: 'x',
      previous: 0,
      body: { type: 'number' },
      ...more,
    }) as Change

  it('asks for the whole body of an earlier version, labels with it', () => {
    expect(rollback({ version: 1, change: change({ labels: { team: 'a' } }) }, [{ version: 3 }])).toEqual({
      ok: true,
      value: {
        op: 'put',
        kind: 'config',
        namespace: 'billing',
        name: 'retries',
        body: { type: 'number' },
        labels: { team: 'a' },
        expect: [{ version: 3 }],
      },
    })
  })

  it('has nothing to go back to in a version that was a deletion', () => {
    expect(rollback({ version: 2, change: change({ op: 'delete' }) })).toMatchObject({
      failure: { code: 'version_not_found' },
    })
  })

  it('refuses governance', () => {
    const member = change({ kind: 'member', namespace: undefined, name: newId(), body: { roles: ['owner'] } })
    expect(rollback({ version: 1, change: member })).toMatchObject({ failure: { code: 'not_undoable' } })
  })
})

describe('the aims of a restore', () => {
  it('are the resources whose content has been touched since, with what they held then', () => {
    const then = start()
    const now = land(land(then, config('retries', 2), config('fresh', 1)), put('namespace', 'other'))
    expect(restoreAims({ of: 'log' }, then, now)).toEqual([
      { identity: { kind: 'namespace', name: 'other' }, content: undefined },
      {
        identity: { kind: 'config', namespace: 'billing', name: 'retries' },
        content: { body: { type: 'number', value: 1 }, labels: undefined },
      },
      { identity: { kind: 'config', namespace: 'billing', name: 'fresh' }, content: undefined },
    ])
    expect(restoreAims({ of: 'namespace', name: 'other' }, then, now).map(({ identity }) => identity.name)).toEqual([
      'other',
    ])
    expect(restoreAims({ of: 'environment', name: 'dev' }, then, now)).toEqual([])
    expect(restoreAims({ of: 'log' }, then, then)).toEqual([])
  })

  it('look only into what has been touched since, however much else there is', () => {
    const then = land(start(), put('namespace', 'large'))
    const now = land(then, config('retries', 2))
    const looked: string[] = []
    const watched = { ...now, records: (space: string) => (looked.push(space), now.records(space)) }
    restoreAims({ of: 'log' }, then, watched)
    expect(looked).toEqual(['config/billing'])
  })
})

describe('the aims of a revert', () => {
  it('are blocked where a resource no longer holds what the commit left', () => {
    const before = start()
    const after = land(before, config('retries', 2))
    const changes: readonly Change[] = [
      {
        op: 'put',
        kind: 'config',
        namespace: 'billing',
        name: 'retries',
        id: 'x',
        previous: 1,
        body: { type: 'number', value: 2 },
      },
    ]
    const was = () => ({ body: { type: 'number', value: 1 } })
    expect(revertAims({ changes }, was, after)[0]?.blocked).toBeUndefined()
    expect(revertAims({ changes }, was, land(after, config('retries', 3)))[0]?.blocked).toMatchObject({
      code: 'precondition_failed',
    })
    expect(
      revertAims({ changes }, was, land(land(after, config('retries', 3)), config('retries', 2)))[0]?.blocked,
    ).toBeUndefined()
  })
})

describe('undo', () => {
  const retries = { kind: 'config', namespace: 'billing', name: 'retries' } as const

  it('leaves alone what is already as it shall be', () => {
    const aim = { identity: retries, content: { body: { type: 'number', value: 1 } } }
    expect(undo(deciding(start()), [aim], 'fail')).toEqual({ ok: true, value: { intentions: [], skipped: [] } })
  })

  it('names everything that stands in the way, or leaves it and goes on with the rest', () => {
    const state = land(start(), config('fresh', 1))
    const aims = [
      { identity: { kind: 'namespace', name: 'billing' }, content: undefined },
      { identity: { ...retries, name: 'fresh' }, content: undefined },
    ] as const
    expect(undo(deciding(state), aims, 'fail')).toMatchObject({
      failure: { code: 'undo_blocked', data: { names: ['namespace billing'] } },
    })
    expect(undo(deciding(state), aims, 'skip')).toMatchObject({
      value: {
        intentions: [{ op: 'delete', name: 'fresh' }],
        skipped: [{ identity: { name: 'billing' }, reason: { code: 'namespace_in_use' } }],
      },
    })
  })

  it('never makes an intention of governance', () => {
    const aim = { identity: { kind: 'member', name: newId() }, content: { body: { roles: ['owner'] } } } as const
    expect(undo(deciding(start()), [aim], 'fail')).toMatchObject({ failure: { code: 'not_undoable' } })
    expect(undo(deciding(start()), [aim], 'skip')).toMatchObject({
      value: { intentions: [], skipped: [{ reason: { code: 'not_undoable' } }] },
    })
  })

  it('refuses more than a commit takes', () => {
    const aims = Array.from({ length: 10_001 }, (_, index) => ({
      identity: { ...retries, name: `k${index}` },
      content: { body: { type: 'number' } },
    }))
    expect(undo(deciding(start()), aims, 'skip')).toMatchObject({ failure: { code: 'too_large' } })
  })
})

describe('leaving out what is refused', () => {
  it('goes on until nothing is, since one that is left may stand in the way of another', () => {
    const left = leaveOut(deciding(start()), [
      put('namespace', 'made', { unknown: true }),
      put('config', 'key', { type: 'number', value: 1 }, 'made'),
      config('fine', 1),
    ])
    expect(left).toMatchObject({
      value: { kept: [{ name: 'fine' }], refused: [{ intention: { name: 'made' } }, { intention: { name: 'key' } }] },
    })
  })

  it('does not leave out what the writer has to state', () => {
    const stale = { ...config('retries', 2), expect: [{ version: 9 }] }
    expect(leaveOut(deciding(start()), [stale])).toMatchObject({ failure: { code: 'precondition_failed' } })
  })
})
