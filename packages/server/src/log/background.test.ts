import { failure, KonfigError } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBackground } from './background.ts'

type Line = readonly [level: string, message: string, facts: object]
let lines: Line[] = []
let answering = true
const open = () => {
  const tell =
    (level: string) =>
    (message: string, facts: object = {}): void => {
      lines.push([level, message, facts])
    }
  return openBackground({ info: tell('info'), error: tell('error') }, async () => {
    if (!answering) throw unavailable()
  })
}
beforeEach(() => {
  vi.useFakeTimers()
  lines = []
  answering = true
})
afterEach(() => {
  vi.useRealTimers()
})

describe('what fails in the background', () => {
  it('is one line when it goes, without a stack, and one when it is back, with how long it was away', async () => {
    const background = open()
    answering = false
    for (let turn = 0; turn < 20; turn++) {
      background.failed(unavailable(new Error('connect ECONNREFUSED 127.0.0.1:5432')))
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(lines).toEqual([['error', 'The journal is away', { why: 'connect ECONNREFUSED 127.0.0.1:5432' }]])
    answering = true
    await vi.advanceTimersByTimeAsync(5000)
    expect(lines.slice(1)).toMatchObject([['info', 'The journal is back', { failures: 20 }]])
    expect(Object(lines[1]?.[2])).toHaveProperty('awayMillis', 12_000)
    background.failed(unavailable())
    expect(lines.length).toBe(3)
    background.close()
  })

  it('is not back because it fell silent: it must answer', async () => {
    const background = open()
    answering = false
    background.failed(unavailable())
    await vi.advanceTimersByTimeAsync(60_000)
    expect(lines.length).toBe(1)
    background.close()
    answering = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect(lines.length).toBe(1)
  })

  it('is told by name where several are away', () => {
    const background = open()
    background.failed(unavailable())
    background.failed(new KonfigError(failure('unavailable', { what: 'The key store', seconds: 1 })))
    background.failed(unavailable())
    expect(lines.map(([, message]) => message)).toEqual(['The journal is away', 'The key store is away'])
    background.close()
  })

  it('is told in its own words, without a stack, where it is a refusal that people can put right', () => {
    const background = open()
    const reason = 'holds an installation of its own'
    background.failed(new KonfigError(failure('journal_foreign', { name: 'eu', reason })))
    expect(lines).toEqual([['error', 'Journal eu holds an installation of its own.', { code: 'journal_foreign' }]])
    background.close()
  })

  it('is told each time, with its stack, where it is anything else', () => {
    const background = open()
    for (const reason of [
      new Error('odd'),
      new KonfigError(failure('journal_corrupt', { log: 'a', revision: 1, reason: 'b' })),
    ])
      background.failed(reason)
    expect(lines).toMatchObject([
      ['error', 'Something in the background failed', { error: { message: 'odd', stack: expect.any(String) } }],
      ['error', 'Something in the background failed', { error: { name: 'KonfigError' } }],
    ])
    background.close()
  })
})
