// Many writers at once, over HTTP: each write lands whole, once, on the state that it was judged by, or is told clearly why not.
import { expect, it } from 'vitest'
import type { Reply } from '../harness/client.ts'
import { field, person, session, setting, tagOf } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

const count = (replies: readonly Reply[], status: number): number =>
  replies.filter((reply) => reply.status === status).length

onEachBackend((world) => {
  it('lets exactly one of two writers with the same If-Match win; the other is told 412', async () => {
    const editor = session(world(), world().keys.editor)
    for (let round = 0; round < 10; round++) {
      const before = await editor('GET /namespaces/billing/configs/greeting')
      const headers = { 'if-match': tagOf(before) }
      const replies = await Promise.all(
        ['left', 'right'].map((side) =>
          editor('PUT /namespaces/billing/configs/greeting', { body: { value: `${side} ${round}` }, headers }),
        ),
      )
      expect([count(replies, 200), count(replies, 412)]).toEqual([1, 1])
      const winner = replies.find(({ status }) => status === 200) as Reply
      const after = await editor('GET /namespaces/billing/configs/greeting')
      expect(field(after, 'value')).toBe(field(winner, 'value'))
      expect(field(after, 'version')).toBe(field<number>(before, 'version') + 1)
    }
  })

  it('lets exactly one of ten creators of one key win', async () => {
    const editor = session(world(), world().keys.editor)
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        editor('PUT /namespaces/billing/configs/created-once', {
          body: { type: 'number', value: index },
          headers: { 'if-none-match': '*' },
        }),
      ),
    )
    expect([count(replies, 201), count(replies, 412)]).toEqual([1, 9])
  })

  it('takes 1,000 writers at once on one tenant: each lands or gets a clear answer, and revisions are dense', async () => {
    const { app, acme, keys } = world()
    const editor = session(world(), keys.editor)
    const log = await app.logs.hold(acme.config)
    const before = log.state().revision
    const replies = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        editor('POST /changes', { body: { changes: [setting(`writer-${index}`, index)] } }),
      ),
    )
    const landed = replies.filter(({ status }) => status === 201)
    const others = replies.filter(({ status }) => status !== 201)
    for (const { status, json, headers } of others) {
      expect(status).toBe(503)
      expect(json).toMatchObject({ code: 'overloaded' })
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(landed.length).toBeGreaterThan(0)
    const revisions = landed.map((reply) => field<number>(reply, 'revision')).toSorted((a, b) => a - b)
    expect(revisions).toEqual(Array.from(landed, (_, index) => before + 1 + index))
    expect(log.state().revision).toBe(before + landed.length)
    expect(world().heads()[acme.config]).toBe(before + landed.length)
    const values = await editor('GET /values/billing?environment=dev')
    const stored = field<Record<string, Record<string, unknown>>>(values, 'values')['billing'] ?? {}
    expect(Object.keys(stored).filter((key) => key.startsWith('writer-'))).toHaveLength(landed.length)
  })

  it('loses no increment when fifty writers read, add one and write with If-Match, again and again', async () => {
    const editor = session(world(), world().keys.editor)
    await editor('POST /namespaces/billing/configs', { body: { key: 'counter', type: 'number', value: 0 } })
    const add = async (): Promise<void> => {
      for (;;) {
        const read = await editor('GET /namespaces/billing/configs/counter')
        const written = await editor('PUT /namespaces/billing/configs/counter', {
          body: { value: field<number>(read, 'value') + 1 },
          headers: { 'if-match': tagOf(read) },
        })
        if (written.status === 200) return
        expect(written.status).toBe(412)
      }
    }
    await Promise.all(Array.from({ length: 50 }, add))
    expect(field(await editor('GET /namespaces/billing/configs/counter'), 'value')).toBe(50)
  })

  it('refuses a list of changes that was made for another revision, and stores none of it', async () => {
    const owner = await person(world(), 'owner')
    const head = world().heads()[world().acme.config] as number
    const body = { ifRevision: head, changes: [setting('list-a', 1), setting('list-b', 2)] }
    const replies = await Promise.all([
      owner('POST /changes', { body }),
      owner('POST /changes', { body: { ...body, changes: [setting('list-c', 3)] } }),
    ])
    expect([count(replies, 201), count(replies, 412)]).toEqual([1, 1])
    expect(replies.find(({ status }) => status === 412)?.json).toMatchObject({
      code: 'revision_moved',
      data: { expected: head },
    })
    expect(world().heads()[world().acme.config]).toBe(head + 1)
  })
})
