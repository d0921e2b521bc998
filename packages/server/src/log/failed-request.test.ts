import { failure, KonfigError } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import { expect, it } from 'vitest'
import { tellOfFailed } from './failed-request.ts'

it('tells of what is ours and of why a store refuses, and of nothing that whoever asked is to blame for', () => {
  const told: unknown[] = []
  const log = { error: (message: string, facts?: object) => void told.push([message, facts]) }
  const away = (reason: unknown): void => void told.push(reason)
  const passed = (reason: KonfigError): void =>
    tellOfFailed({ log, away }, new KonfigError(reason.failure, { cause: reason }), reason.failure, 'request-1')
  const denied = unavailable(new Error('permission denied for table batches'))
  passed(new KonfigError(failure('resource_not_found', { kind: 'tenant', name: 'acme' })))
  passed(unavailable())
  expect(told).toEqual([])
  passed(denied)
  expect(told).toMatchObject([{ cause: denied }])
  tellOfFailed({ log, away }, new Error('odd'), failure('bug'), 'request-2')
  expect(told.slice(1)).toMatchObject([['A request failed', { requestId: 'request-2', error: { message: 'odd' } }]])
})
