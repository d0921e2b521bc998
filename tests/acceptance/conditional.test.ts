// Conditional requests, points and the past: what a reader has is not sent again, what a writer believes must hold, and what was served is served again.
import { expect, it } from 'vitest'
import { administrator, field, person, session, setting, tagOf } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

onEachBackend((world) => {
  const editor = () => session(world(), world().keys.editor)
  const head = (): number => world().heads()[world().acme.config] as number

  it('answers 304 without a body while the content is the same, for values and for resources', async () => {
    for (const route of [
      'GET /values?environment=production',
      'GET /values/billing?environment=production',
      'GET /values/billing/retries?environment=production',
      'GET /namespaces/billing',
      'GET /namespaces/billing/configs/retries',
      'GET /environments/qa',
    ]) {
      const first = await editor()(route)
      expect(`${route} ${first.status}`).toBe(`${route} 200`)
      const tag = tagOf(first)
      for (const match of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
        const again = await editor()(route, { headers: { 'if-none-match': match } })
        expect([route, again.status, again.text, again.headers.get('etag')]).toEqual([route, 304, '', tag])
        expect(again.headers.get('konfig-point')).toMatch(/^\d+-\d+$/)
      }
      expect((await editor()(route, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    }
  })

  it('keeps the ETag of values through unrelated commits, and changes it with the content', async () => {
    const read = () => editor()('GET /values/billing/greeting?environment=dev')
    const first = await read()
    await editor()('POST /namespaces', { body: { name: 'unrelated' } })
    const second = await read()
    expect(tagOf(second)).toBe(tagOf(first))
    expect(second.headers.get('konfig-point')).not.toBe(first.headers.get('konfig-point'))
    await editor()('PUT /namespaces/billing/configs/greeting', { body: { value: 'good day' } })
    expect(tagOf(await read())).not.toBe(tagOf(first))
    await editor()('PUT /namespaces/billing/configs/greeting', { body: { value: 'hello' } })
    // The content, not the revision, makes the tag.
    expect(tagOf(await read())).toBe(tagOf(first))
  })

  it('refuses a stale, foreign or rubbish If-Match with 412, and changes nothing', async () => {
    const path = '/namespaces/billing/configs/limits'
    const old = tagOf(await editor()(`GET ${path}`))
    expect((await editor()(`PUT ${path}`, { body: { value: { a: 2 } }, headers: { 'if-match': old } })).status).toBe(
      200,
    )
    const before = head()
    const now = tagOf(await editor()(`GET ${path}`))
    const foreign = tagOf(await editor()('GET /namespaces/billing'))
    for (const match of [old, foreign, '"rubbish"', `W/${now}`, '"7f1d9a52-0c3e-4b7a-9a55-1f2e3d4c5b6a.1"'])
      for (const [method, body] of [
        ['PUT', { value: { a: 3 } }],
        ['PATCH', { value: { a: 3 } }],
        ['DELETE', undefined],
      ] as const)
        expect(await editor()(`${method} ${path}`, { body, headers: { 'if-match': match } })).toMatchObject({
          status: 412,
          json: { code: 'precondition_failed' },
        })
    expect(await editor()(`PUT ${path}`, { body: { value: {} }, headers: { 'if-none-match': '*' } })).toMatchObject({
      status: 412,
    })
    for (const headers of [
      { 'if-match': 'no quotes' },
      { 'if-match': now, 'if-none-match': '*' },
      { 'if-none-match': now },
    ])
      expect((await editor()(`PUT ${path}`, { body: { value: {} }, headers })).status).toBe(400)
    expect(head()).toBe(before)
    expect(
      (await editor()(`PUT ${path}`, { body: { value: { a: 3 } }, headers: { 'if-match': `"other", ${now}` } })).status,
    ).toBe(200)
  })

  it('refuses a stale ifVersion in a list of changes, and all that came with it', async () => {
    const before = head()
    const stale = { ...setting('retries', 8), ifVersion: 1 }
    const refused = await editor()('POST /changes', { body: { changes: [setting('beside', 1), stale] } })
    expect(refused).toMatchObject({ status: 412, json: { errors: [{ index: 1, code: 'precondition_failed' }] } })
    expect(head()).toBe(before)
    expect((await editor()('GET /namespaces/billing/configs/beside')).status).toBe(404)
  })

  it('names the point of every answer, waits for one that is asked for, and refuses one that is not written yet', async () => {
    const written = await editor()('PUT /namespaces/billing/configs/greeting', { body: { value: 'point' } })
    const point = written.headers.get('konfig-point') as string
    expect(point).toMatch(/^\d+-\d+$/)
    expect(Number(point.split('-')[1])).toBe(head())
    expect(written.headers.get('konfig-log')).toBe(`${world().app.platform.log}.${world().acme.config}`)
    const read = await editor()('GET /values/billing/greeting?environment=dev', {
      headers: { 'konfig-min-point': point },
    })
    expect(read).toMatchObject({ status: 200, json: { value: 'point' } })
    const [platform, tenant] = point.split('-').map(Number) as [number, number]
    for (const ahead of [`${platform}-${tenant + 1000}`, `${platform + 1000}-${tenant}`])
      expect(
        await editor()('GET /values/billing/greeting?environment=dev', { headers: { 'konfig-min-point': ahead } }),
      ).toMatchObject({
        status: 400,
        json: { code: 'point_ahead' },
      })
    for (const rubbish of ['7', '1-', 'x-y', '1-2-3', '-1-2'])
      expect(
        (await editor()('GET /values/billing/greeting?environment=dev', { headers: { 'konfig-min-point': rubbish } }))
          .status,
      ).toBe(400)
  })

  it('serves the past by revision, point and time: the same bytes as then', async () => {
    const platform = await administrator(world())
    const served: { at: string; text: string; tag: string }[] = []
    const read = (query = '') => editor()(`GET /values/billing?environment=production${query}`)
    for (let round = 0; round < 5; round++) {
      const key = `past-${round}`
      expect((await editor()('POST /changes', { body: { changes: [setting(key, round)] } })).status).toBe(201)
      if (round === 2)
        await platform('PUT /platform/namespaces/platform-defaults/configs/timeout', { body: { value: 31 } })
      const now = await read()
      served.push({ at: now.headers.get('konfig-point') as string, text: now.text, tag: tagOf(now) })
    }
    for (const { at, text, tag } of served) {
      const then = await read(`&at=${at}`)
      expect([then.status, then.text, tagOf(then), then.headers.get('konfig-point')]).toEqual([200, text, tag, at])
      const revision = at.split('-')[1] as string
      expect((await read(`&at=${revision}`)).text).toBe(text)
      const { time } = (await editor()(`GET /commits/${revision}`)).json as { time: string }
      expect(time).toMatch(/Z$/)
    }
    const last = served.at(-1) as (typeof served)[number]
    expect((await read(`&at=${encodeURIComponent(new Date(Date.now() + 1000).toISOString())}`)).text).toBe(last.text)
    for (const [at, status] of [
      [String(head() + 1), 404],
      ['99999-1', 404],
      ['0', 404],
      ['yesterday', 400],
      ['2026-13-45T00:00:00Z', 400],
      ['1990-01-01T00:00:00Z', 404],
    ] as const)
      expect(`${at} ${(await read(`&at=${at}`)).status}`).toBe(`${at} ${status}`)
  })

  it('asks for an expectation, or an Idempotency-Key, with every write where the tenant wants that', async () => {
    const owner = await person(world(), 'owner')
    const path = '/namespaces/billing/configs/greeting'
    const put = (headers = {}) => editor()(`PUT ${path}`, { body: { value: `wanted ${Math.random()}` }, headers })
    expect((await owner('PATCH /settings', { body: { requireIfMatch: true } })).status).toBe(200)
    const refused = await put()
    expect(refused).toMatchObject({ status: 428, json: { code: 'precondition_required' } })
    expect(field(refused, 'detail')).toMatch(/^This tenant asks for a precondition with every write: send If-Match/)
    expect((await put({ 'if-match': tagOf(await editor()(`GET ${path}`)) })).status).toBe(200)
    expect(
      (await owner('PATCH /settings', { body: { requireIfMatch: null, requireIdempotencyKey: true } })).status,
    ).toBe(200)
    expect((await put()).status).toBe(400)
    expect((await put({ 'idempotency-key': 'wanted' })).status).toBe(200)
    const back = { body: { requireIdempotencyKey: null }, headers: { 'idempotency-key': 'back' } }
    expect((await owner('PATCH /settings', back)).status).toBe(200)
    expect((await put()).status).toBe(200)
  })

  it('asks for an expectation in a protected environment, of whoever may write there', async () => {
    const owner = await person(world(), 'owner')
    const admin = await person(world(), 'admin')
    const made = await owner('PUT /environments/production', { body: { protected: true } })
    expect(made.status).toBeLessThan(300)
    const before = head()
    const path = '/namespaces/billing/configs/retries?environment=production'
    // An editor may not write there at all, with or without an expectation.
    expect(await editor()(`PUT ${path}`, { body: { value: 6 } })).toMatchObject({
      status: 403,
      json: { code: 'denied' },
    })
    expect(await editor()('PUT /namespaces/billing/configs/retries', { body: { value: 6 } })).toMatchObject({
      status: 403,
    })
    for (const [method, body] of [
      ['PUT', { value: 6 }],
      ['PATCH', { value: 6 }],
      ['DELETE', undefined],
    ] as const)
      expect(await admin(`${method} ${path}`, { body })).toMatchObject({
        status: 428,
        json: { code: 'precondition_required' },
      })
    // A base value is a write in every environment, the protected one too.
    expect(await admin('PUT /namespaces/billing/configs/retries', { body: { value: 6 } })).toMatchObject({
      status: 428,
    })
    expect(await admin('POST /changes', { body: { changes: [setting('new-one', 1)] } })).toMatchObject({ status: 428 })
    expect(
      await admin('POST /import?format=yaml&namespace=billing&onConflict=replace', {
        body: 'retries: 9\n',
        mediaType: 'text/yaml',
      }),
    ).toMatchObject({ status: 428 })
    expect(head()).toBe(before)
    const tag = tagOf(await admin(`GET ${path}`))
    expect((await admin(`PUT ${path}`, { body: { value: 6 }, headers: { 'if-match': tag } })).status).toBe(200)
    expect(
      (await admin('POST /changes', { body: { ifRevision: head(), changes: [setting('new-one', 1)] } })).status,
    ).toBe(201)
    expect(
      (
        await admin(`PUT /namespaces/billing/configs/greeting?environment=production`, {
          body: { value: 'x' },
          headers: { 'if-none-match': '*' },
        })
      ).status,
    ).toBe(201)
    // Elsewhere nothing changed for the editor.
    expect(
      (await editor()('PUT /namespaces/billing/configs/retries?environment=dev', { body: { value: 6 } })).status,
    ).toBe(201)
    expect(field(await admin('GET /values/billing/retries?environment=production'), 'value')).toBe(6)
  })
})
