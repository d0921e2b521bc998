import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { emptyState, evolve } from '../state/evolve.ts'
import { restoring, rowsOf } from '../state/rows.ts'
import type { Handle } from '../state/handle.ts'
import type { Commit } from './commit.ts'
import { mayFollow, movedNote } from './moved.ts'

const after = (state: Handle, note?: Commit['note']): Handle =>
  evolve(state, {
    id: '',
    revision: state.revision + 1,
    time: 0,
    actor: 'system',
    origin: { type: 'test' },
    platform: 0,
    changes: [],
    ...(note === undefined ? {} : { note }),
  })
const thawed = (state: Handle): Handle => {
  const into = restoring(state.log)
  for (const row of rowsOf(state)) into.add(row)
  return into.finish()
}
const moved = (to: string, log = 'acme'): Commit['note'] =>
  movedNote(log, { id: to, journal: 'eu' }, { id: 'here', journal: 'main' })

describe('a log that moved', () => {
  it('is followed by nothing in the place that it has left', () => {
    const state = after(after(emptyState('acme')), moved('there'))
    expect(mayFollow(state, 'here')).toMatchObject({ ok: false, failure: { code: 'moved_away' } })
    expect(mayFollow(state, undefined)).toMatchObject({ ok: false })
  })

  it('goes on in the place that it went to, and is an ordinary log from then on', () => {
    const state = after(emptyState('acme'), moved('there'))
    expect(mayFollow(state, 'there').ok).toBe(true)
    expect(mayFollow(after(state), 'here').ok).toBe(true)
  })

  it('is not ended by the note of another log: one restored under a new id has no such past', () => {
    expect(mayFollow(after(emptyState('acme'), moved('there', 'before')), 'here').ok).toBe(true)
  })

  it('says so in a snapshot as in its commits, wherever that was taken', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(undefined, 'here', 'there'), { maxLength: 12 }), (ends) => {
        let whole = emptyState('acme')
        let tail = emptyState('acme')
        for (const to of ends) {
          whole = after(whole, to === undefined ? undefined : moved(to))
          tail = after(thawed(tail), to === undefined ? undefined : moved(to))
          expect(thawed(whole).movedTo).toBe(to)
          expect(tail.movedTo).toBe(to)
        }
      }),
      { numRuns: 50 },
    )
  })
})
