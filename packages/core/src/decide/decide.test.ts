// What a writer may and may not do to one log, rule by rule.
import { describe, expect, it } from 'vitest'
import { emptyState, evolve } from '../state/evolve.ts'
import type { Handle } from '../state/handle.ts'
import { decide } from './decide.ts'
import type { Intention } from './intention.ts'

let ids = 0
const newId = (): string => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`

const put = (
  kind: Intention['kind'],
  name: string,
  body: Record<string, unknown> = {},
  more: Partial<Intention> = {},
): Intention => ({ op: 'put', kind, name, body, ...more }) as Intention
const drop = (kind: Intention['kind'], name: string, more: Partial<Intention> = {}): Intention =>
  ({ op: 'delete', kind, name, ...more }) as Intention
const config = (key: string, body: Record<string, unknown>, more: Partial<Intention> = {}) =>
  put('config', key, body, { namespace: 'billing', ...more })
const override = (key: string, value: unknown, environment?: string, more: Partial<Intention> = {}) =>
  put(
    'override',
    key,
    { value },
    { namespace: 'billing', layer: 'tenant', ...(environment === undefined ? {} : { environment }), ...more },
  )

const ask = (state: Handle, platform: Handle | undefined, intentions: readonly Intention[], ifRevision?: number) =>
  decide(
    { side: platform === undefined ? 'platform' : 'tenant', state, platform: platform ?? state, newId, ifRevision },
    intentions,
  )

const land = (state: Handle, platform: Handle | undefined, intentions: readonly Intention[]): Handle => {
  const decided = ask(state, platform, intentions)
  if (!decided.ok) throw new Error(decided.failure.detail)
  return evolve(state, {
    id: newId(),
    revision: state.revision + 1,
    time: state.revision + 1,
    actor: 'system',
    origin: { type: 'test' },
    platform: platform?.revision ?? state.revision,
    changes: decided.value,
  })
}

const world = () => {
  const platform = land(emptyState('platform'), undefined, [
    put('environment', 'dev'),
    put('environment', 'production'),
    put('namespace', 'defaults', { closed: true }),
    put('plan', 'premium'),
    config(
      'timeout',
      { type: 'number', value: 30, policy: { mode: 'bounded', schema: { maximum: 60 } } },
      { namespace: 'defaults' },
    ),
    config('region', { type: 'string', value: 'eu', policy: { mode: 'locked' } }, { namespace: 'defaults' }),
  ])
  const tenant = land(emptyState('acme'), platform, [
    put('tenant', 'acme', { status: 'active', plan: 'premium' }),
    put('namespace', 'billing'),
    config('retries', { type: 'number', value: 3 }),
    config('greeting', { type: 'string', value: 'hello' }),
  ])
  return { platform, tenant }
}

const codeOf = (result: ReturnType<typeof ask>): string => (result.ok ? 'ok' : result.failure.code)

describe('decide', () => {
  it('leaves out a put that would change nothing', () => {
    const { platform, tenant } = world()
    const decided = ask(tenant, platform, [config('retries', { type: 'number', value: 3 })])
    expect(decided).toEqual({ ok: true, value: [] })
  })

  it('gives a name that was deleted its old id, and its version goes on', () => {
    const { platform, tenant } = world()
    const before = tenant.get('config/billing', 'retries')
    const gone = land(tenant, platform, [drop('config', 'retries', { namespace: 'billing' })])
    const again = land(gone, platform, [config('retries', { type: 'number', value: 4 })])
    expect(again.get('config/billing', 'retries')).toMatchObject({ id: before?.id, version: 3 })
  })

  it('answers a type and its overrides that change together by the state they leave', () => {
    const { platform, tenant } = world()
    const withOverride = land(tenant, platform, [override('retries', 5, 'production')])
    expect(codeOf(ask(withOverride, platform, [config('retries', { type: 'string', value: 'three' })]))).toBe(
      'type_conflict',
    )
    expect(
      codeOf(
        ask(withOverride, platform, [
          config('retries', { type: 'string', value: 'three' }),
          override('retries', 'five', 'production'),
        ]),
      ),
    ).toBe('ok')
  })

  it.each<[string, readonly Intention[]]>([
    ['policy_bounded', [override('timeout', 61, undefined, { namespace: 'defaults' })]],
    ['policy_locked', [override('region', 'us', 'dev', { namespace: 'defaults' })]],
    ['defined_by_platform', [config('timeout', { type: 'number' }, { namespace: 'defaults' })]],
    ['namespace_closed', [config('mine', { type: 'number' }, { namespace: 'defaults' })]],
    ['defined_by_platform', [put('namespace', 'defaults')]],
    ['policy_misplaced', [config('retries', { type: 'number', value: 3, policy: { mode: 'open' } })]],
    ['value_invalid', [config('retries', { type: 'number', value: 'three' })]],
    ['value_invalid', [override('retries', null, 'dev')]],
    ['definition_invalid', [config('pick', { type: 'select', validation: { options: [] } })]],
    ['pattern_refused', [config('code', { type: 'string', validation: { pattern: '(?=a)' } })]],
    ['reference_unknown', [config('greeting', { type: 'string', value: '${CONFIG:billing/nothing}' })]],
    ['reference_broken', [config('greeting', { type: 'string', value: '${CONFIG:billing/greeting}' })]],
    ['target_unknown', [override('nothing', 1)]],
    ['target_unknown', [override('retries', 1, 'moon')]],
    ['target_unknown', [config('retries', { type: 'number' }, { namespace: 'nowhere' })]],
    ['target_unknown', [put('application', 'shop', { namespaces: ['nowhere'] })]],
    ['target_unknown', [put('environment', 'qa', { parent: 'moon' })]],
    ['environment_fixed', [put('environment', 'dev', { parent: 'production' })]],
    ['body_invalid', [override('retries', 4)]],
    ['body_invalid', [put('namespace', 'other', { colour: 'red' })]],
    ['name_invalid', [put('namespace', 'Other')]],
    ['name_invalid', [put('namespace', '123e4567-e89b-12d3-a456-426614174000')]],
    ['name_invalid', [config('a/b', { type: 'string' })]],
    ['name_invalid', [override('retries', 1, undefined, { layer: 'platform' })]],
    ['kind_unknown', [put('nonsense' as 'config', 'x')]],
    ['kind_misplaced', [put('plan', 'gold')]],
    ['resource_not_found', [drop('config', 'nothing', { namespace: 'billing' })]],
    ['namespace_in_use', [drop('namespace', 'billing')]],
    ['precondition_failed', [config('retries', { type: 'number', value: 4 }, { expect: [{ version: 9 }] })]],
    ['precondition_failed', [config('retries', { type: 'number', value: 4 }, { expect: 'absent' })]],
    ['precondition_failed', [config('fresh', { type: 'number', value: 4 }, { expect: 'present' })]],
    ['changes_rejected', [put('namespace', 'one'), put('namespace', 'one')]],
  ])('refuses with %s', (code, intentions) => {
    const { platform, tenant } = world()
    const decided = ask(tenant, platform, intentions)
    expect(codeOf(decided)).toBe(code)
    expect(JSON.stringify(decided)).not.toContain('{kind}')
  })

  it('refuses an application-held namespace and an environment that holds values', () => {
    const { platform, tenant } = world()
    const used = land(tenant, platform, [
      put('environment', 'qa', { parent: 'dev' }),
      put('namespace', 'empty'),
      put('application', 'shop', { namespaces: ['empty'] }),
      override('retries', 7, 'qa'),
    ])
    expect(codeOf(ask(used, platform, [drop('namespace', 'empty')]))).toBe('in_use')
    expect(codeOf(ask(used, platform, [drop('environment', 'qa')]))).toBe('in_use')
    expect(codeOf(ask(used, platform, [drop('application', 'shop'), drop('namespace', 'empty')]))).toBe('ok')
  })

  it('refuses an environment that would be its own ancestor', () => {
    const { platform, tenant } = world()
    const two = land(tenant, platform, [put('environment', 'a'), put('environment', 'b', { parent: 'a' })])
    expect(codeOf(ask(two, platform, [put('environment', 'a', { parent: 'b' })]))).toBe('environment_cycle')
  })

  it('wants a stated expectation in a protected environment, for base values too', () => {
    const { platform, tenant } = world()
    const guarded = land(tenant, platform, [put('environment', 'production', { protected: true })])
    expect(codeOf(ask(guarded, platform, [override('retries', 5, 'production')]))).toBe('precondition_required')
    expect(codeOf(ask(guarded, platform, [config('retries', { type: 'number', value: 4 })]))).toBe(
      'precondition_required',
    )
    expect(codeOf(ask(guarded, platform, [override('retries', 5, 'dev')]))).toBe('ok')
    expect(codeOf(ask(guarded, platform, [override('retries', 5, 'production', { expect: 'absent' })]))).toBe('ok')
    expect(codeOf(ask(guarded, platform, [config('retries', { type: 'number', value: 4 })], guarded.revision))).toBe(
      'ok',
    )
  })

  it('refuses a whole log that has moved on', () => {
    const { platform, tenant } = world()
    expect(codeOf(ask(tenant, platform, [put('namespace', 'x')], tenant.revision - 1))).toBe('revision_moved')
  })

  it('names every change that breaks a rule by its index and stores none', () => {
    const { platform, tenant } = world()
    const decided = ask(tenant, platform, [
      put('namespace', 'fine'),
      config('a', { type: 'number', value: 'x' }),
      config('b', { type: 'number', value: 'y' }),
    ])
    expect(decided.ok ? [] : decided.failure.errors?.map(({ index, code }) => [index, code])).toEqual([
      [1, 'value_invalid'],
      [2, 'value_invalid'],
    ])
  })

  it("lets an override that a later policy made inert stand in nobody's way", () => {
    const { platform, tenant } = world()
    const own = land(tenant, platform, [override('timeout', 50, 'production', { namespace: 'defaults' })])
    const stricter = land(platform, undefined, [
      config(
        'timeout',
        { type: 'number', value: 30, policy: { mode: 'bounded', schema: { maximum: 40 } } },
        { namespace: 'defaults' },
      ),
    ])
    expect(codeOf(ask(own, stricter, [override('timeout', 35, 'dev', { namespace: 'defaults' })]))).toBe('ok')
    expect(codeOf(ask(own, stricter, [override('timeout', 45, 'production', { namespace: 'defaults' })]))).toBe(
      'policy_bounded',
    )
  })

  it('says what a field may be, and each rule once', () => {
    const { platform, tenant } = world()
    const saidOf = (...[state, above, body]: [Handle, Handle | undefined, Record<string, unknown>]) => {
      const decided = ask(state, above, [config('said', body)])
      return decided.ok ? 'ok' : decided.failure.detail
    }
    expect(saidOf(platform, undefined, { type: 'number', policy: { mode: 'shut' } })).toBe(
      '/spec/policy/mode must be one of open, bounded, locked.',
    )
    expect(saidOf(tenant, platform, { type: 'string', validation: { pattern: '(' } })).toMatch(
      /^The pattern at \/spec\/validation\/pattern is refused: (?!The pattern)/,
    )
    expect(saidOf(tenant, platform, { type: 'json', validation: { schema: { type: 'text' } } })).toMatch(
      /^The JSON Schema at \/spec\/validation\/schema\/type is refused: must be one of/,
    )
  })

  it('keeps at least one owner', () => {
    const { platform, tenant } = world()
    const owner = '123e4567-e89b-42d3-a456-426614174000'
    const owned = land(tenant, platform, [put('member', owner, { roles: ['owner'] })])
    expect(codeOf(ask(owned, platform, [drop('member', owner)]))).toBe('last_owner')
    expect(codeOf(ask(owned, platform, [put('member', owner, { roles: ['editor'] })]))).toBe('last_owner')
  })

  it('refuses a type that would break only for one plan', () => {
    const { platform } = world()
    const layered = land(platform, undefined, [
      put('override', 'timeout', { value: 55 }, { namespace: 'defaults', layer: 'plan:premium' }),
    ])
    expect(
      codeOf(
        ask(layered, undefined, [
          config('timeout', { type: 'number', value: 30, validation: { max: 50 } }, { namespace: 'defaults' }),
        ]),
      ),
    ).toBe('type_conflict')
  })
})

describe('a namespace that is full', () => {
  const keys = (from: number, count: number): readonly Intention[] =>
    Array.from({ length: count }, (_, index) => config(`k${from + index}`, { type: 'number', value: 1 }))

  it('takes no further key until one is deleted, and its keys may still change', () => {
    const { platform, tenant } = world()
    let full = tenant
    // World's own two keys and these are 100,000 together.
    for (let from = 0; from < 99_998; from += 10_000)
      full = land(full, platform, keys(from, Math.min(10_000, 99_998 - from)))
    expect(codeOf(ask(full, platform, keys(200_000, 1)))).toBe('too_large')
    expect(codeOf(ask(full, platform, [config('retries', { type: 'number', value: 9 })]))).toBe('ok')
    const freed = land(full, platform, [drop('config', 'k1', { namespace: 'billing' })])
    expect(codeOf(ask(freed, platform, keys(200_000, 1)))).toBe('ok')
    expect(codeOf(ask(freed, platform, keys(200_000, 2)))).toBe('changes_rejected')
  })
})

describe('a commit of many values that are hard to check', () => {
  it('is refused as a whole once checking has taken too long, however small each part of it is', () => {
    const defs: Record<string, unknown> = { d20: {} }
    for (let depth = 0; depth < 20; depth++)
      defs[`d${depth}`] = { allOf: [{ $ref: `#/$defs/d${depth + 1}` }, { $ref: `#/$defs/d${depth + 1}` }] }
    const schema = { $defs: defs, $ref: '#/$defs/d0' }
    const { platform, tenant } = world()
    const many = Array.from({ length: 100 }, (_, index) =>
      config(`bomb-${index}`, { type: 'json', validation: { schema }, value: 1 }),
    )
    expect(() => ask(tenant, platform, many)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'too_large' }) }),
    )
  })
})

describe('the list of environments', () => {
  it('holds a thousand in one log, and takes another once one is gone', () => {
    const { platform, tenant } = world()
    const named = (from: number, count: number): readonly Intention[] =>
      Array.from({ length: count }, (_, index) => put('environment', `e${from + index}`))
    const full = land(tenant, platform, named(0, 1000))
    expect(codeOf(ask(full, platform, named(1000, 1)))).toBe('too_large')
    const freed = land(full, platform, [drop('environment', 'e1')])
    expect(codeOf(ask(freed, platform, named(1000, 1)))).toBe('ok')
  })
})
