// Idempotency-Key and dry runs: a repeat is answered as the first was and stores nothing, a dry run answers as the real one would and stores nothing.
import { expect, it } from 'vitest'
import { operations } from '@konfig/api'
import { field, person, type Session, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

const keyed = (key: string, body: unknown) => ({ body, headers: { 'idempotency-key': key } })

onEachBackend((world) => {
  const head = (): number => world().heads()[world().acme.config] as number
  const editor = (): Session => session(world(), world().keys.editor)

  it('answers the same key and body the same, and makes one commit', async () => {
    const before = head()
    const asked = keyed('same', { changes: [setting('once', 1)] })
    const first = await editor()('POST /changes', asked)
    const second = await editor()('POST /changes', asked)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.json).toEqual(first.json)
    expect(head()).toBe(before + 1)
  })

  it('answers as it was then, though others have written since', async () => {
    const asked = keyed('then', { key: 'then', type: 'number', value: 1 })
    const first = await editor()('POST /namespaces/billing/configs', asked)
    expect(first.status).toBe(201)
    await editor()('PUT /namespaces/billing/configs/then', { body: { value: 2 } })
    const before = head()
    const second = await editor()('POST /namespaces/billing/configs', asked)
    expect([second.status, second.json, second.headers.get('etag')]).toEqual([
      first.status,
      first.json,
      first.headers.get('etag'),
    ])
    expect(head()).toBe(before)
  })

  it('refuses the same key with another body, path or method', async () => {
    await editor()('POST /changes', keyed('other', { changes: [setting('other', 1)] }))
    const before = head()
    for (const [route, body] of [
      ['POST /changes', { changes: [setting('other', 2)] }],
      ['POST /changes?message=else', { changes: [setting('other', 1)] }],
      ['PUT /namespaces/billing/configs/retries', { value: 9 }],
    ] as const)
      expect(await editor()(route, keyed('other', body))).toMatchObject({
        status: 422,
        json: { code: 'idempotency_mismatch' },
      })
    expect(head()).toBe(before)
  })

  it('keeps the keys of two people apart', async () => {
    const owner = await person(world(), 'owner')
    const before = head()
    expect((await editor()('POST /changes', keyed('apart', { changes: [setting('apart', 1)] }))).status).toBe(201)
    expect((await owner('POST /changes', keyed('apart', { changes: [setting('apart', 2)] }))).status).toBe(201)
    expect(head()).toBe(before + 2)
  })

  it('carries out one of many at once under one key; the others are told so or get its answer', async () => {
    const before = head()
    const asked = keyed('crowd', { changes: [setting('crowd', 1)] })
    const replies = await Promise.all(Array.from({ length: 20 }, () => editor()('POST /changes', asked)))
    const answered = replies.filter(({ status }) => status === 201)
    expect(answered.length).toBeGreaterThan(0)
    expect(new Set(answered.map(({ text }) => text)).size).toBe(1)
    for (const reply of replies.filter(({ status }) => status !== 201))
      expect(reply).toMatchObject({ status: 409, json: { code: 'idempotency_in_flight' } })
    expect(head()).toBe(before + 1)
  })

  it('does not remember a refusal: the same key may try again', async () => {
    const asked = keyed('again', { changes: [setting('again', 1, 'number', 'comes-later')] })
    expect((await editor()('POST /changes', asked)).status).toBe(422)
    await editor()('POST /namespaces', { body: { name: 'comes-later' } })
    expect((await editor()('POST /changes', asked)).status).toBe(201)
  })

  it('shows a secret once: the repeat is told what was made, not the key', async () => {
    const owner = await person(world(), 'owner')
    const asked = keyed('secret', { name: 'shown-once', role: 'reader' })
    const first = await owner('POST /api-keys', asked)
    expect(first.status).toBe(201)
    const second = await owner('POST /api-keys', asked)
    expect(second).toMatchObject({ status: 409, json: { code: 'already_created', data: { id: field(first, 'id') } } })
    expect(second.text).not.toContain(field<string>(first, 'key'))
  })

  it('refuses keys that are none', async () => {
    for (const key of ['', 'a b', 'x'.repeat(256)])
      expect((await editor()('POST /changes', keyed(key, { changes: [setting('none', 1)] }))).status).toBe(400)
  })

  it('answers a dry run as the real one, and its refusals too', async () => {
    const before = head()
    const body = { key: 'tried', type: 'number', value: 1 }
    const tried = await editor()('POST /namespaces/billing/configs?dryRun=true', { body })
    expect(tried).toMatchObject({ status: 201, json: { key: 'tried', value: 1, version: 1 } })
    expect(head()).toBe(before)
    expect((await editor()('GET /namespaces/billing/configs/tried')).status).toBe(404)
    const real = await editor()('POST /namespaces/billing/configs', { body })
    const shape = (reply: typeof real): readonly string[] => Object.keys(reply.json as object).toSorted()
    expect(shape(tried)).toEqual(shape(real))
    const refusal = async (query: string) =>
      (await editor()(`PUT /namespaces/billing/configs/tried${query}`, { body: { value: 'no number' } })).json
    expect(await refusal('?dryRun=true')).toMatchObject({ code: 'value_invalid' })
    expect(await refusal('')).toMatchObject({ code: 'value_invalid' })
  })

  it('lets every operation that writes be tried', () => {
    const without = operations.filter(({ route, writes }) => writes !== true && !route.startsWith('GET '))
    // These make no commit that could be left out: they sign people in or out, or only ask.
    expect(without.map(({ route }) => route).toSorted()).toEqual([
      'DELETE /auth/sessions/{id}',
      'POST /access/check',
      'POST /audit/verify',
      'POST /auth/accept',
      'POST /auth/login',
      'POST /auth/logout',
      'POST /auth/refresh',
      'POST /auth/register',
      'POST /auth/token',
      'POST /platform/audit/verify',
      'POST /platform/users/{user}/reset',
      'POST /preview',
      'PUT /auth/password',
    ])
  })
})
