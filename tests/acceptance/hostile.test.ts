// Input made to break things: each is refused by an answer that names it, quickly, and leaves everything as it was.
import { Buffer } from 'node:buffer'
import { beforeEach, expect, it } from 'vitest'
import type { Reply } from '../harness/client.ts'
import { person, putting, type Session, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'
import { foreignMarker } from '../harness/world.ts'

/** Keys that only JSON text can hold. */
const raw = (text: string): Uint8Array => Buffer.from(text)
const config = (type: string, rest: object) => ({ body: { key: 'hostile', type, ...rest } })

const refusals = new Set([400, 403, 404, 409, 413, 415, 422])

onEachBackend((world) => {
  let editor: Session
  let before = ''
  const heads = (): string => {
    const { acme, heads: now } = world()
    const { [acme.access]: _access, ...rest } = now()
    return JSON.stringify(rest)
  }
  beforeEach(() => {
    editor = session(world(), world().keys.editor)
    before = heads()
  })
  /** What was not refused as the client's mistake by a whole problem, or moved a log. */
  const wrong: string[] = []
  beforeEach(() => {
    wrong.length = 0
  })
  const isRefused = (reply: Reply, what = ''): void => {
    const { status, json, headers } = reply
    const { code, detail, status: said } = (json ?? {}) as { code?: unknown; detail?: unknown; status?: unknown }
    if (!refusals.has(status)) wrong.push(`${what}: answered ${status} ${reply.text.slice(0, 200)}`)
    else if (headers.get('content-type') !== 'application/problem+json') wrong.push(`${what}: is no problem`)
    else if (typeof code !== 'string' || typeof detail !== 'string' || said !== status)
      wrong.push(`${what}: is no whole problem: ${reply.text.slice(0, 200)}`)
    if (heads() !== before) wrong.push(`${what}: moved a log`)
  }

  it('matches a catastrophic pattern in linear time, or refuses it', async () => {
    const victim = `${'a'.repeat(50_000)}!`
    for (const pattern of [
      '^(a+)+$',
      '^(a|a)*$',
      '^(a|aa)+$',
      '(.*)*x',
      '^(([a-z])+.)+[A-Z]([a-z])+$',
      'a{1,1000}{1,1000}',
      '(?=a+)+b',
      '(a*)\\1',
    ])
      for (const reply of [
        await editor('POST /namespaces/billing/configs', config('string', { validation: { pattern }, value: victim })),
        await editor(
          'POST /namespaces/billing/configs',
          config('json', { validation: { schema: { type: 'string', pattern } }, value: victim }),
        ),
      ])
        isRefused(reply, pattern)
    expect(wrong).toEqual([])
  })

  it('refuses schema bombs', async () => {
    const doubling: Record<string, unknown> = { d0: { type: 'string' } }
    for (let level = 1; level < 40; level++)
      doubling[`d${level}`] = { allOf: [{ $ref: `#/$defs/d${level - 1}` }, { $ref: `#/$defs/d${level - 1}` }] }
    let deep: object = { type: 'number' }
    for (let level = 0; level < 60; level++) deep = { not: deep }
    const bombs: { readonly [name: string]: object } = {
      doubling: { $ref: '#/$defs/d39', $defs: doubling },
      itself: { $ref: '#' },
      circle: { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
      elsewhere: { $ref: 'http://127.0.0.1:1/schema.json' },
      file: { $ref: 'file:///etc/passwd' },
      huge: { enum: Array.from({ length: 200_000 }, (_, index) => index) },
      missing: { $ref: '#/$defs/none' },
      deep,
    }
    for (const [name, schema] of Object.entries(bombs))
      isRefused(
        await editor('POST /namespaces/billing/configs', config('json', { validation: { schema }, value: 'x' })),
        name,
      )
    expect(wrong).toEqual([])
  })

  it('takes no key that reaches into prototypes: in bodies, values, manifests, names and files', async () => {
    for (const name of ['__proto__', 'constructor', '\\u005f_proto__']) {
      const value = `{"${name}":{"polluted":true}}`
      isRefused(
        await editor('POST /namespaces/billing/configs', {
          body: raw(`{"key":"hostile","type":"json","value":${value}}`),
        }),
        `value ${name}`,
      )
      isRefused(
        await editor('POST /namespaces/billing/configs', {
          body: raw(`{"${name}":1,"key":"hostile","type":"number"}`),
        }),
        `body ${name}`,
      )
      isRefused(
        await editor('POST /changes', {
          body: raw(
            `{"changes":[{"op":"put","resource":{"kind":"config","metadata":{"name":"hostile","namespace":"billing"},"spec":{"type":"json","value":${value}}}}]}`,
          ),
        }),
        `manifest ${name}`,
      )
      isRefused(
        await editor('POST /import?format=json&namespace=hostile', {
          body: raw(`{"${name}":{"polluted":true},"a":1}`),
        }),
        `JSON file ${name}`,
      )
    }
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      for (const text of [
        `${name}:\n  polluted: true\n`,
        `a:\n  ${name}:\n    polluted: true\n`,
        `a.${name}.polluted: true\n`,
      ]) {
        const reply = await editor('POST /import?format=yaml&namespace=hostile&dryRun=true', {
          body: text,
          mediaType: 'text/yaml',
        })
        // `prototype` alone is an ordinary word.
        if (name !== 'prototype') isRefused(reply, text)
      }
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect((await editor('GET /values/billing?environment=dev')).text).not.toContain('polluted')
    expect(wrong).toEqual([])
  })

  it('finds nothing under the names that every object has', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      for (const route of [
        `GET /values/billing/${name}?environment=dev`,
        `GET /values/${name}?environment=dev`,
        `GET /values?environment=${name}`,
        `GET /namespaces/${name}`,
        `GET /namespaces/billing/configs/${name}`,
        `GET /environments/${name}`,
        `GET /configs/${name}`,
      ])
        isRefused(await editor(route), route)
      isRefused(await editor('POST /changes', { body: { changes: [putting(name, { name: 'x' }, {})] } }), name)
    }
    expect(wrong).toEqual([])
  })

  it('refuses YAML that grows by aliases, merges, depth or tags', async () => {
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(',')}]`),
    ].join('\n')
    const files = {
      aliases: bomb,
      circle: 'a: &a\n  b: *a\n',
      depth: `a: ${'['.repeat(5000)}${']'.repeat(5000)}`,
      indentation: Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}k${level}:`).join('\n'),
      tag: 'a: !!js/function "function () {}"\n',
      unclosed: 'a: [1, 2\nb: "x',
      tab: 'a:\n\tb: 1\n',
    }
    for (const [name, body] of Object.entries(files))
      isRefused(await editor('POST /import?format=yaml&namespace=hostile', { body, mediaType: 'text/yaml' }), name)
    expect(wrong).toEqual([])
  })

  it('refuses what is not UTF-8, and text that is not Unicode', async () => {
    const broken = Buffer.concat([
      raw('{"key":"hostile","type":"string","value":"'),
      Buffer.from([0xc3, 0x28, 0xff]),
      raw('"}'),
    ])
    isRefused(await editor('POST /namespaces/billing/configs', { body: broken }))
    for (const bytes of [
      [0xc3, 0x28],
      [0xed, 0xa0, 0x80],
      [0xf8, 0x88, 0x80, 0x80, 0x80],
      [0xc0, 0xaf],
    ]) {
      const body = Buffer.concat([raw('a: "'), Buffer.from(bytes), raw('"\n')])
      isRefused(
        await editor('POST /import?format=yaml&namespace=hostile', { body, mediaType: 'text/yaml' }),
        String(bytes),
      )
    }
    isRefused(
      await editor('POST /namespaces/billing/configs', { body: raw('{"key":"bad\\ud800","type":"number","value":1}') }),
    )
    isRefused(await editor('GET /values/billing/%ff?environment=dev'))
    isRefused(await editor('GET /values/billing/%00?environment=dev'))
    expect(wrong).toEqual([])
  })

  it('refuses numbers that would be rounded, and values of no type', async () => {
    isRefused(
      await editor('POST /namespaces/billing/configs', {
        body: raw('{"key":"hostile","type":"number","value":9007199254740993}'),
      }),
    )
    isRefused(
      await editor('POST /namespaces/billing/configs', {
        body: raw('{"key":"hostile","type":"number","value":1e999}'),
      }),
    )
    isRefused(
      await editor('POST /import?format=yaml&namespace=hostile', {
        body: 'a: 9007199254740993\n',
        mediaType: 'text/yaml',
      }),
    )
    for (const [type, value] of [
      ['number', '1'],
      ['number', null],
      ['string', 1],
      ['string', null],
      ['boolean', 'true'],
      ['boolean', 0],
      ['number', true],
      ['string', {}],
    ] as const)
      isRefused(
        await editor('POST /namespaces/billing/configs', config(type, { value })),
        `${type} ${JSON.stringify(value)}`,
      )
    expect(wrong).toEqual([])
  })

  it('takes names as slugs only: no other case, no look-alike, nothing that is an id, nothing that walks', async () => {
    for (const name of [
      'Billing',
      'BILLING',
      'bílling',
      'billing ',
      ' billing',
      'bil\u200bling',
      'ｂilling',
      'bıllıng',
      '../billing',
      'a/b',
      '',
      '-a',
      'a'.repeat(64),
      '7f1d9a52-0c3e-4b7a-9a55-1f2e3d4c5b6a',
      'a\u0000',
      '.',
      '..',
    ])
      isRefused(await editor('POST /namespaces', { body: { name } }), JSON.stringify(name))
    for (const name of ['Billing', 'BILLING', 'b%C3%ADlling', 'bil%E2%80%8Bling'])
      isRefused(await editor(`GET /values/${name}/retries?environment=dev`), name)
    for (const environment of ['Production', 'PRODUCTION', 'production ', 'produ%00ction'])
      isRefused(await editor(`GET /values/billing?environment=${encodeURIComponent(environment)}`), environment)
    // Keys do tell case and form apart: none answers for another.
    for (const key of ['Retries', 'RETRIES', 'retries%20', 'r%C3%A9tries'])
      isRefused(await editor(`GET /values/billing/${key}?environment=dev`), key)
    expect(wrong).toEqual([])
  })

  it('keeps keys apart that differ in Unicode form or case only', async () => {
    const composed = 'caf\u00e9'
    const decomposed = 'cafe\u0301'
    const changes = [setting(composed, 1), setting(decomposed, 2), setting('CAFE', 3), setting('cafe', 4)]
    expect((await editor('POST /changes', { body: { changes } })).status).toBe(201)
    for (const [key, value] of [
      [composed, 1],
      [decomposed, 2],
      ['CAFE', 3],
      ['cafe', 4],
    ] as const)
      expect((await editor(`GET /values/billing/${encodeURIComponent(key)}?environment=dev`)).json).toMatchObject({
        key,
        value,
      })
  })

  it('answers unknown and foreign ids alike, and shows nothing of the other tenant', async () => {
    const { app, globex } = world()
    const foreign = (await app.logs.hold(globex.config)).state().get('namespace', 'billing')?.id ?? ''
    for (const id of [foreign, foreign.toUpperCase(), '00000000-0000-4000-8000-000000000000']) {
      for (const route of [
        `GET /namespaces/${id}`,
        `GET /configs/${id}`,
        `GET /values/${id}?environment=dev`,
        `DELETE /namespaces/${id}`,
      ]) {
        const reply = await editor(route)
        expect(`${route} ${reply.status}`).toBe(`${route} 404`)
        expect(reply.text).not.toContain(foreignMarker)
      }
    }
    expect(heads()).toBe(before)
  })

  it('refuses changes that repeat, contradict or name nothing, each by its index', async () => {
    const changes = [
      setting('hostile-a', 1),
      setting('hostile-a', 2),
      putting('nonsense', { name: 'x' }, {}),
      putting('config', { name: 'x', namespace: 'nowhere' }, { type: 'number' }),
      putting('member', { name: '7f1d9a52-0c3e-4b7a-9a55-1f2e3d4c5b6a' }, { roles: ['owner'] }),
    ]
    const refused = await editor('POST /changes', { body: { changes } })
    isRefused(refused)
    expect(refused).toMatchObject({
      status: 422,
      json: { code: 'changes_rejected', errors: [{ index: 4, code: 'kind_closed' }] },
    })
    const rest = await editor('POST /changes', { body: { changes: changes.slice(0, 4) } })
    isRefused(rest)
    expect(rest.json).toMatchObject({
      errors: [
        { index: 1, code: 'duplicate_change' },
        { index: 2, code: 'kind_unknown' },
      ],
    })
    expect((await editor('POST /changes', { body: { changes: changes.slice(3, 4) } })).json).toMatchObject({
      errors: [{ index: 0, code: 'target_unknown' }],
    })
    expect(wrong).toEqual([])
  })

  it('refuses governance by manifest: nobody makes themselves an owner, a key, or another plan', async () => {
    for (const [kind, name, spec] of [
      ['member', world().people.editor, { roles: ['owner'] }],
      ['apiKey', 'back-door', { role: 'owner', namespaces: [], environments: [], keyId: 'a'.repeat(20), hash: 'x' }],
      ['tenant', 'acme', { plan: 'enterprise', status: 'active' }],
      ['role', 'all', { permissions: ['config:write'] }],
      ['plan', 'premium', { limits: {} }],
    ] as const) {
      const owner = await person(world(), 'owner')
      isRefused(await owner('POST /changes', { body: { changes: [putting(kind, { name }, spec)] } }), kind)
      isRefused(
        await owner('POST /import?format=manifest', { body: raw(JSON.stringify({ kind, metadata: { name }, spec })) }),
        `import ${kind}`,
      )
    }
    expect(wrong).toEqual([])
  })

  it('refuses definitions that no value could keep, and says why in whole sentences', async () => {
    for (const [type, validation, code] of [
      ['select', { options: [] }, 'definition_invalid'],
      ['number', { min: 5, max: 1 }, 'definition_invalid'],
      ['string', { format: 'nonsense' }, 'definition_invalid'],
      ['string', { pattern: '(' }, 'pattern_refused'],
      ['json', { schema: { type: 'nonsense' } }, 'schema_refused'],
    ] as const) {
      const reply = await editor('POST /namespaces/billing/configs', config(type, { validation }))
      isRefused(reply, JSON.stringify(validation))
      expect(reply).toMatchObject({ status: 422, json: { code } })
    }
  })

  it('names the parameter that it does not know, and a route that there is not', async () => {
    const unknown = await editor('GET /values?environment=dev&enviroment=production')
    isRefused(unknown)
    expect(unknown.json).toMatchObject({ errors: [{ code: 'unknown_query', pointer: '/query/enviroment' }] })
    for (const route of ['GET /nothing', 'GET /values/a/b/c', 'GET //api/v2/values', 'GET /namespaces/..%2fbilling']) {
      const reply = await editor(route)
      isRefused(reply, route)
      expect(reply).toMatchObject({ status: 404, json: { code: 'route_not_found' } })
    }
    expect(wrong).toEqual([])
  })

  it('echoes neither values nor bodies in what it refuses', async () => {
    const marker = 'do-not-repeat-this-value'
    for (const reply of [
      await editor('POST /namespaces/billing/configs', config('number', { value: marker })),
      await editor('PUT /namespaces/billing/configs/retries', { body: { value: marker } }),
      await editor('POST /changes', { body: { changes: [setting('retries', marker)] } }),
      await editor('POST /import?format=yaml&namespace=billing', {
        body: `retries: ${marker}\n`,
        mediaType: 'text/yaml',
      }),
      await editor('POST /namespaces/billing/configs', { body: raw(`{"key": ${marker}`) }),
    ]) {
      isRefused(reply)
      expect(reply.text).not.toContain(marker)
    }
    expect(wrong).toEqual([])
  })
})
