// How long a node believes what it remembers of a log. No server is asked.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../database.ts'
import { rememberHeads } from './heads.ts'

afterEach(() => vi.restoreAllMocks())

const hour = 60 * 60 * 1000
const none = {} as Database

describe('the end of a log that a node remembers', () => {
  it.each([
    ['its steady clock has passed an hour', performance, hour],
    ['its machine was suspended for days, in which the steady clock stood still', Date, 3 * 24 * hour],
    ['its date was put back', Date, -2 * hour],
  ] as const)('is not believed any more when %s', (_, clock, passed) => {
    const heads = rememberHeads(none)
    heads.remember('log-1', 7)
    expect(heads.known('log-1')).toBe(7)
    const now = clock.now()
    vi.spyOn(clock, 'now').mockReturnValue(now + passed)
    expect(heads.known('log-1')).toBeUndefined()
  })
})
