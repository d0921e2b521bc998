import { KonfigError } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { config, openWorld, override, put, type World } from '../values/testing/world.ts'
import { compareValues } from './compare-values.ts'

let one: World
let other: World

const refusal = (action: Promise<unknown>): Promise<unknown> =>
  action.catch((reason: unknown) => (reason instanceof KonfigError ? reason.failure : reason))
const states = (world: World) => ({ platform: world.app.platform.state(), tenant: world.tenant().log.state() })
const compare = () => {
  const [source, target] = [states(one), states(other)]
  return compareValues(
    'acme',
    { source: source.platform, target: target.platform },
    { source: source.tenant, target: target.tenant },
  )
}

beforeEach(async () => {
  one = await openWorld()
  other = await openWorld()
  for (const world of [one, other])
    await world.write(
      'tenant',
      put('namespace', 'web'),
      config('web', 'retries', { type: 'number', value: 1 }),
      config('web', 'hosts', { type: 'json' }),
    )
})
afterEach(async () => {
  await one.close()
  await other.close()
})

describe('comparing every value of a copy with its source', () => {
  it('counts each key in each environment, also those without a value', async () => {
    expect(await compare()).toBe(2 * 3)
  })

  it('names the first value that differs, in the one environment where it does', async () => {
    await other.write('tenant', override('web', 'retries', 'tenant', 'staging', 2))
    const reason = await refusal(compare())
    expect(reason).toMatchObject({ code: 'copy_differs', data: { what: 'web/retries of acme in staging' } })
  })

  it('misses no namespace and no environment that only one of them has', async () => {
    await other.write('tenant', put('namespace', 'jobs'))
    expect(await refusal(compare())).toMatchObject({ data: { what: 'the namespaces of acme' } })
    await one.write('tenant', put('environment', 'qa'))
    expect(await refusal(compare())).toMatchObject({ data: { what: 'the environments of acme' } })
  })
})
