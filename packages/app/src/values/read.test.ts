// Reading resolved values, rule by rule.
import type { Json } from '@konfig/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCached } from './cached.ts'
import { textOf, type ValuesAnswer } from './face.ts'
import { readAll } from './read-all.ts'
import { readApplication } from './read-application.ts'
import { readNamespace } from './read-namespace.ts'
import { readValue } from './read-value.ts'
import { config, grant, openWorld, override, put, reader, refusalOf, type World } from './testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.write(
    'platform',
    put('namespace', 'defaults'),
    config('defaults', 'timeout', {
      type: 'number',
      value: 30,
      policy: { mode: 'bounded', schema: { minimum: 1, maximum: 60 } },
    }),
    config('defaults', 'fixed', { type: 'string', value: 'as it is', policy: { mode: 'locked' } }),
    override('defaults', 'timeout', 'plan:premium', undefined, 40),
  )
  await world.write(
    'tenant',
    put('namespace', 'billing'),
    put('namespace', 'other'),
    config('billing', 'retries', { type: 'number', value: 3 }),
    config('billing', 'greeting', { type: 'string', value: 'grüß dich' }),
    config('billing', 'limits', { type: 'json', value: { a: 1, b: 2 }, combine: 'merge' }),
    config('billing', 'unset', { type: 'string' }),
    config('other', 'copy', { type: 'number', value: '${CONFIG:billing/retries}' }),
    config('other', 'a', { type: 'number', value: 1 }),
    override('billing', 'retries', 'tenant', 'production', 5),
    override('billing', 'limits', 'tenant', 'staging', { b: null, c: 3 }),
    put('application', 'shop', { namespaces: ['billing', 'defaults'] }),
  )
})
afterAll(() => world.close())

const json = async (answer: Promise<ValuesAnswer>): Promise<Json> => JSON.parse(textOf(await answer)) as Json
const text = async (answer: Promise<ValuesAnswer>): Promise<string> => textOf(await answer)

describe('reading one value', () => {
  it('answers namespace, key, environment, type and value', async () => {
    expect(
      await json(readValue(world.tenant(reader), { namespace: 'billing', key: 'retries', environment: 'production' })),
    ).toEqual({
      namespace: 'billing',
      key: 'retries',
      environment: 'production',
      type: 'number',
      value: 5,
    })
  })

  it('takes a namespace by its id', async () => {
    const id = world.tenant().log.state().get('namespace', 'billing')?.id ?? ''
    expect(
      await json(readValue(world.tenant(reader), { namespace: id, key: 'retries', environment: 'dev' })),
    ).toMatchObject({ value: 3 })
  })

  it('gives the point that it is of', async () => {
    const { point } = await readValue(world.tenant(reader), {
      namespace: 'billing',
      key: 'retries',
      environment: 'dev',
    })
    expect(point).toEqual({
      platform: world.app.platform.state().revision,
      tenant: world.tenant().log.state().revision,
    })
  })

  it('explains the winner and what it shadowed, with the platform as author of what is its', async () => {
    const explained = await json(
      readValue(world.tenant(reader), { namespace: 'defaults', key: 'timeout', environment: 'dev', explain: true }),
    )
    expect(explained).toMatchObject({
      value: 40,
      explanation: [
        {
          namespace: 'defaults',
          key: 'timeout',
          pointer: '',
          winner: { layer: 'plan:premium', log: 'platform', author: 'platform', value: 40, version: 1 },
          shadowed: [{ layer: 'platform', log: 'platform', author: 'platform', value: 30, reason: 'weaker' }],
        },
      ],
    })
  })

  it('answers no_value for a key without any', async () => {
    expect(
      await refusalOf(readValue(world.tenant(reader), { namespace: 'billing', key: 'unset', environment: 'dev' })),
    ).toBe('no_value')
  })

  it('answers not found for a namespace, a key and an environment that are not there', async () => {
    const ask = (namespace: string, key: string, environment: string) =>
      refusalOf(readValue(world.tenant(reader), { namespace, key, environment }))
    expect(await ask('nowhere', 'retries', 'dev')).toBe('resource_not_found')
    expect(await ask('billing', 'nothing', 'dev')).toBe('resource_not_found')
    expect(await ask('billing', 'retries', 'moon')).toBe('resource_not_found')
  })

  it('denies before it says whether something is there', async () => {
    const narrow = [grant(['value:read'], ['other'], ['dev'])]
    const ask = (namespace: string, environment: string) =>
      refusalOf(readValue(world.tenant(narrow), { namespace, key: 'x', environment }))
    expect(await ask('billing', 'dev')).toBe('denied')
    expect(await ask('nowhere', 'dev')).toBe('denied')
    expect(await ask('other', 'production')).toBe('denied')
    expect(await ask('other', 'moon')).toBe('denied')
    expect(await ask('00000000-0000-4000-8000-999999999999', 'dev')).toBe('denied')
  })
})

describe('the environment', () => {
  it('must be named, and the choices are', async () => {
    await expect(readAll(world.tenant(reader), {})).rejects.toMatchObject({
      failure: { code: 'environment_required', data: { choices: ['dev', 'staging', 'production'] } },
    })
  })

  it('may be left out where a key is bound to exactly one', async () => {
    const base = world.tenant()
    const bound = (environments: readonly string[] | undefined) => ({
      ...base,
      caller: {
        type: 'key' as const,
        actor: 'key:1',
        keyId: 'k',
        tenant: base.tenant,
        grants: [grant(['value:read'], undefined, environments)],
        platformGrants: [],
      },
    })
    expect(await json(readValue(bound(['production']), { namespace: 'billing', key: 'retries' }))).toMatchObject({
      environment: 'production',
      value: 5,
    })
    expect(await refusalOf(readValue(bound(['production', 'dev']), { namespace: 'billing', key: 'retries' }))).toBe(
      'environment_required',
    )
    expect(await refusalOf(readValue(bound(undefined), { namespace: 'billing', key: 'retries' }))).toBe(
      'environment_required',
    )
  })
})

describe('reading a namespace', () => {
  it('answers all live values by key, those without one left out', async () => {
    const answer = await text(readNamespace(world.tenant(reader), { namespace: 'billing', environment: 'staging' }))
    expect(answer).toBe(
      '{"environment":"staging","values":{"billing":{"greeting":"grüß dich","limits":{"a":1,"c":3},"retries":3}}}',
    )
  })

  it('has a body whose length and bytes are those of its UTF-8', async () => {
    const { body, length } = await readNamespace(world.tenant(reader), { namespace: 'billing', environment: 'staging' })
    expect(typeof body).toBe('string')
    expect(body.length).toBe(length)
    expect(Buffer.from(body as string, 'latin1').toString('utf8')).toContain('grüß')
  })

  it('writes the other formats', async () => {
    const ask = (format: 'yaml' | 'env' | 'properties' | 'toml') =>
      text(readNamespace(world.tenant(reader), { namespace: 'other', environment: 'dev', format }))
    expect(await ask('env')).toBe('A=1\nCOPY=3\n')
    expect(await ask('properties')).toBe('a=1\ncopy=3\n')
    expect(await ask('yaml')).toBe('a: 1\ncopy: 3\n')
    expect(await ask('toml')).toBe('a = 1\ncopy = 3\n')
  })

  it('keeps each form apart', async () => {
    const ask = (format: 'json' | 'yaml', layout: 'flat' | 'nested') =>
      readNamespace(world.tenant(reader), { namespace: 'other', environment: 'dev', format, layout })
    const first = await Promise.all([ask('json', 'flat'), ask('json', 'nested'), ask('yaml', 'flat')])
    const again = await Promise.all([ask('json', 'flat'), ask('json', 'nested'), ask('yaml', 'flat')])
    expect(again.map(({ etag }) => etag)).toEqual(first.map(({ etag }) => etag))
    expect(JSON.parse(textOf(first[1]))).toEqual(JSON.parse(textOf(first[0])))
    expect(readCached(world.app, world.tenant().log, 'dev', 'other', 'yaml/flat')).toBeUndefined()
  })

  it('refuses names that collide, naming both', async () => {
    await world.write(
      'tenant',
      put('namespace', 'clash'),
      config('clash', 'a', { type: 'number', value: 1 }),
      config('clash', 'a.b', { type: 'number', value: 2 }),
    )
    await expect(
      readNamespace(world.tenant(reader), { namespace: 'clash', environment: 'dev', format: 'yaml', layout: 'nested' }),
    ).rejects.toMatchObject({ failure: { code: 'names_collide', data: { first: 'a', second: 'a.b' } } })
  })

  it('explains in JSON only', async () => {
    const asked = { namespace: 'other', environment: 'dev', explain: true } as const
    expect(await json(readNamespace(world.tenant(reader), asked))).toMatchObject({
      explanation: [{ key: 'a' }, { key: 'copy' }],
    })
    expect(await refusalOf(readNamespace(world.tenant(reader), { ...asked, format: 'yaml' }))).toBe('malformed_request')
  })
})

describe('reading all values', () => {
  it('puts every visible namespace together and leaves out the others', async () => {
    const all = (await json(readAll(world.tenant(reader), { environment: 'dev' }))) as {
      readonly values: Record<string, Json>
    }
    expect(Object.keys(all.values)).toEqual(expect.arrayContaining(['billing', 'defaults', 'other']))
    expect(all.values['defaults']).toEqual({ fixed: 'as it is', timeout: 40 })
    const some = await json(readAll(world.tenant([grant(['value:read'], ['other'])]), { environment: 'dev' }))
    expect(some).toEqual({ environment: 'dev', values: { other: { a: 1, copy: 3 } } })
  })

  it('answers the same after one of its namespaces changed as if nothing had been kept', async () => {
    await readAll(world.tenant(reader), { environment: 'dev' })
    await world.write('tenant', config('other', 'a', { type: 'number', value: 2 }))
    expect(await json(readAll(world.tenant([grant(['value:read'], ['other'])]), { environment: 'dev' }))).toMatchObject(
      { values: { other: { a: 2 } } },
    )
    const all = (await json(readAll(world.tenant(reader), { environment: 'dev' }))) as {
      readonly values: Record<string, Json>
    }
    expect(all.values['other']).toEqual({ a: 2, copy: 3 })
    await world.write('tenant', config('other', 'a', { type: 'number', value: 1 }))
  })

  it('shows a namespace that comes, and none that went', async () => {
    const names = async () =>
      Object.keys(
        ((await json(readAll(world.tenant(reader), { environment: 'dev' }))) as { readonly values: object }).values,
      )
    const before = await names()
    await world.write('tenant', put('namespace', 'brief'))
    expect(await names()).toContain('brief')
    expect(await text(readNamespace(world.tenant(reader), { namespace: 'brief', environment: 'dev' }))).toContain('{}')
    await world.write('tenant', { op: 'delete', kind: 'namespace', name: 'brief' })
    expect(await names()).toEqual(before)
    expect(await refusalOf(readNamespace(world.tenant(reader), { namespace: 'brief', environment: 'dev' }))).toBe(
      'resource_not_found',
    )
  })
})

describe('reading an application', () => {
  it('lays its namespaces over each other, flat', async () => {
    expect(
      await json(readApplication(world.tenant(reader), { application: 'shop', environment: 'production' })),
    ).toEqual({
      environment: 'production',
      application: 'shop',
      values: { fixed: 'as it is', greeting: 'grüß dich', limits: { a: 1, b: 2 }, retries: 5, timeout: 40 },
    })
  })

  it('explains each key in the namespace that it comes from', async () => {
    const answer = await json(
      readApplication(world.tenant(reader), { application: 'shop', environment: 'production', explain: true }),
    )
    expect(answer).toMatchObject({
      application: 'shop',
      explanation: expect.arrayContaining([expect.objectContaining({ namespace: 'defaults', key: 'timeout' })]),
    })
  })

  it('needs every one of its namespaces', async () => {
    const some = [grant(['value:read'], ['billing'])]
    expect(await refusalOf(readApplication(world.tenant(some), { application: 'shop', environment: 'dev' }))).toBe(
      'denied',
    )
    expect(await refusalOf(readApplication(world.tenant(some), { application: 'nothing', environment: 'dev' }))).toBe(
      'denied',
    )
    expect(await refusalOf(readApplication(world.tenant(reader), { application: 'nothing', environment: 'dev' }))).toBe(
      'resource_not_found',
    )
  })

  it('follows a change of its list', async () => {
    await readApplication(world.tenant(reader), { application: 'shop', environment: 'dev' })
    await world.write('tenant', put('application', 'shop', { namespaces: ['other'] }))
    expect(
      await json(readApplication(world.tenant(reader), { application: 'shop', environment: 'dev' })),
    ).toMatchObject({ values: { a: 1, copy: 3 } })
  })
})

describe('what an explanation shows', () => {
  it('hides what was shadowed in an environment, or filled in from a namespace, that the caller may not read', async () => {
    await world.write(
      'tenant',
      override('billing', 'retries', 'tenant', 'dev', 8),
      override('billing', 'retries', 'tenant', 'staging', 9),
    )
    const ask = async (grants: Parameters<World['tenant']>[0]) => {
      const answer = await json(
        readValue(world.tenant(grants), {
          namespace: 'billing',
          key: 'retries',
          environment: 'staging',
          explain: true,
        }),
      )
      return (answer as unknown as { readonly explanation: readonly { readonly shadowed: readonly Json[] }[] })
        .explanation[0]?.shadowed
    }
    expect(await ask(reader)).toMatchObject([{ environment: 'dev', value: 8 }, { value: 3 }])
    const [hidden] = (await ask([grant(['value:read'], undefined, ['staging'])])) ?? []
    expect(hidden).toMatchObject({ environment: 'dev', hidden: true })
    expect(hidden).not.toHaveProperty('value')
    expect(hidden).not.toHaveProperty('author')
  })
})

describe('the limit of an answer', () => {
  it('refuses more than 32 MiB', async () => {
    const big = 'x'.repeat(1_000_000)
    await world.write('tenant', put('namespace', 'large'), config('large', 'big', { type: 'string', value: big }))
    for (let index = 0; index < 36; index += 6)
      await world.write(
        'tenant',
        ...Array.from({ length: 6 }, (_, at) =>
          config('large', `k${index + at}`, { type: 'string', value: '${CONFIG:large/big}' }),
        ),
      )
    expect(await refusalOf(readNamespace(world.tenant(reader), { namespace: 'large', environment: 'dev' }))).toBe(
      'too_large',
    )
  })
})
