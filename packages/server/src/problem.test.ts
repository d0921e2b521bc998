import { codes, failure, KonfigError } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import { failureOf, problemOf, statusOf } from './problem.ts'

describe('a problem', () => {
  it('has the status of its category, and says all that RFC 9457 and a program need', () => {
    const { status, body } = problemOf(failure('no_value', { namespace: 'a', key: 'b', environment: 'dev' }), 'r1')
    expect(status).toBe(404)
    expect(JSON.parse(body)).toEqual({
      type: '/docs/problems#no_value',
      title: 'Not found',
      status: 404,
      detail: 'Config a/b has no value in dev.',
      code: 'no_value',
      data: { namespace: 'a', key: 'b', environment: 'dev' },
      requestId: 'r1',
    })
  })

  it('has for every code a status that fits', () => {
    for (const [code, { category }] of Object.entries(codes)) {
      const status = statusOf(failure(code as keyof typeof codes))
      expect([code, status >= 400 && status < 600]).toEqual([code, true])
      expect([code, status === 500]).toEqual([code, category === 'bug'])
    }
  })

  it('of ours says nothing of what happened', () => {
    const { body, status } = problemOf(
      failure('journal_corrupt', { log: 'secret-log', revision: 3, reason: 'hash' }),
      'r1',
    )
    expect(status).toBe(500)
    expect(body).not.toContain('secret-log')
    expect(JSON.parse(body)).toMatchObject({ code: 'bug', data: {} })
    expect(failureOf(new Error('secret')).code).toBe('bug')
    expect(failureOf(new KonfigError(failure('denied'))).code).toBe('denied')
  })

  it('tells when to come back: exactly for a limit, spread out for an outage', () => {
    const limited = problemOf(failure('rate_limited', { seconds: 17 }), 'r1')
    expect([limited.status, limited.headers['retry-after']]).toEqual([429, '17'])
    expect(JSON.parse(limited.body).type).toBe('https://iana.org/assignments/http-problem-types#quota-exceeded')
    const away = failure('unavailable', { what: 'The journal', seconds: 2 })
    expect([
      problemOf(away, 'r', () => 0).headers['retry-after'],
      problemOf(away, 'r', () => 0.99).headers['retry-after'],
    ]).toEqual(['2', '4'])
  })

  it('names how to authenticate', () => {
    expect(problemOf(failure('unauthenticated'), 'r').headers['www-authenticate']).toBe('Bearer realm="konfig"')
  })
})
