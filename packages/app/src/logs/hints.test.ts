// What hints cost a journal: a slow one is not asked again and again because of them.
import { openMemory } from '@konfig/journal/memory'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openLogs } from './logs.ts'
import { openTurns } from './turns.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Polls that begin within two seconds in which a hint comes every five milliseconds, where a poll takes so long. */
const pollsOf = async (took: number): Promise<number> => {
  let polls = 0
  let hint = (): void => undefined
  const { journal } = openMemory({ clock: { now: Date.now } })
  const logs = openLogs({
    journal: {
      ...journal,
      watch: (listener) => {
        hint = () => listener()
        return () => undefined
      },
      changedSince: (cursor) => {
        polls += 1
        return new Promise((resolve) => setTimeout(() => resolve({ changed: [], cursor: cursor ?? '' }), took))
      },
    },
    ports: { now: Date.now, newId: () => crypto.randomUUID(), randomBytes: (count) => new Uint8Array(count) },
    turns: openTurns(),
    open: () => Promise.reject(new Error('nobody asks')),
    maximumBytes: 1e9,
    pinned: () => [],
    onError: () => undefined,
  })
  logs.start()
  for (let at = 0; at < 2000; at += 5) {
    hint()
    await vi.advanceTimersByTimeAsync(5)
  }
  const stopped = logs.stop()
  await vi.advanceTimersByTimeAsync(2 * took)
  await stopped
  return polls
}

it('follows hints every 20 ms where polls are quick, and leaves a slow journal most of its time', async () => {
  expect(await pollsOf(1)).toBeGreaterThan(60)
  expect(await pollsOf(40)).toBeLessThan(12)
})
