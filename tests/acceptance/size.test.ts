// What is large: taken up to the limit, refused beyond it by an answer that names the limit, and nothing of it stored.
import { Buffer } from 'node:buffer'
import { request } from 'node:http'
import { expect, it } from 'vitest'
import { operations } from '@konfig/api'
import { tokenOf } from '../harness/example.ts'
import { field, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'
import type { World } from '../harness/world.ts'

const mebibyte = 1024 * 1024
const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = { a: value }
  return value
}
/** The status of the answer to a request that says how long its body is, and sends nothing of it. */
const announced = (world: World, token: string, route: string, bytes: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const [method, path] = route.split(' ')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': bytes }
    const asked = request(`${world.url}/api/v1${path}`, { method, agent: false, headers }, (response) => {
      resolve(response.statusCode)
      asked.destroy()
    })
    asked.on('error', reject)
    asked.flushHeaders()
  })
const headOf = (world: World): number => world.heads()[world.acme.config] as number

onEachBackend((world) => {
  it('takes 10,000 changes as one commit, and refuses 10,001', async () => {
    const editor = session(world(), world().keys.editor)
    const changes = Array.from({ length: 10_000 }, (_, index) => setting(`bulk-${index}`, index))
    const before = headOf(world())
    const taken = await editor('POST /changes', { body: { message: 'many', changes } })
    expect(taken.status).toBe(201)
    expect(field<readonly unknown[]>(taken, 'results')).toHaveLength(10_000)
    expect(headOf(world())).toBe(before + 1)
    expect(await editor('GET /values/billing/bulk-9999?environment=production')).toMatchObject({
      status: 200,
      json: { value: 9999 },
    })

    const refused = await editor('POST /changes', { body: { changes: [...changes, setting('bulk-too-many', 1)] } })
    expect(refused).toMatchObject({ status: 413, json: { code: 'too_large' } })
    expect(field(refused, 'detail')).toContain('10000')
    expect(headOf(world())).toBe(before + 1)
  })

  it('takes a value of 1 MiB, and refuses one byte more', async () => {
    const editor = session(world(), world().keys.editor)
    // Measured as JSON: the quotes count.
    const whole = 'x'.repeat(mebibyte - 2)
    const path = '/namespaces/billing/configs/large'
    const body = (value: string) => ({ body: { type: 'string', value } })
    expect((await editor(`PUT ${path}`, body(whole))).status).toBe(201)
    const read = await editor('GET /values/billing/large?environment=dev')
    expect(field<string>(read, 'value') === whole).toBe(true)
    const before = headOf(world())
    const refused = await editor(`PUT ${path}`, body(`${whole}x`))
    expect([413, 422]).toContain(refused.status)
    expect(refused.text).toMatch(/1 MiB|1048576/)
    expect(headOf(world())).toBe(before)
    // Bytes count, not characters.
    const wide = await editor(`PUT ${path}`, body('é'.repeat(mebibyte / 2)))
    expect([413, 422]).toContain(wide.status)
    expect(headOf(world())).toBe(before)
  })

  it('takes 64 nested levels, and refuses 65 and 200 by naming the limit', async () => {
    const editor = session(world(), world().keys.editor)
    const put = (levels: number) =>
      editor('PUT /namespaces/billing/configs/deep', { body: { type: 'json', value: nested(levels) } })
    expect((await put(64)).status).toBe(201)
    const before = headOf(world())
    for (const levels of [65, 200]) {
      const refused = await put(levels)
      expect([400, 413, 422]).toContain(refused.status)
      expect(refused.text).toMatch(/64|72/)
    }
    const listed = await editor('POST /changes', { body: { changes: [setting('deep', nested(200), 'json')] } })
    expect([400, 413, 422]).toContain(listed.status)
    expect(headOf(world())).toBe(before)
  })

  it('takes a key of 255 bytes, and refuses 256', async () => {
    const editor = session(world(), world().keys.editor)
    const body = { type: 'number', value: 1 }
    expect((await editor(`POST /namespaces/billing/configs`, { body: { key: 'k'.repeat(255), ...body } })).status).toBe(
      201,
    )
    const refused = await editor(`POST /namespaces/billing/configs`, { body: { key: 'k'.repeat(256), ...body } })
    expect([400, 422]).toContain(refused.status)
    expect(refused.text).toContain('255')
    const wide = await editor(`POST /changes`, { body: { changes: [setting('é'.repeat(128), 1)] } })
    expect(wide).toMatchObject({ status: 422, json: { errors: [{ index: 0, code: 'name_invalid' }] } })
  })

  it('refuses a body of 10 MB on every route with a small one, before reading it', async () => {
    const small = operations.filter(
      ({ body, bodyLimit }) => body !== undefined && bodyLimit !== undefined && bodyLimit < mebibyte,
    )
    expect(small.length).toBeGreaterThan(5)
    const token = await tokenOf(world(), 'owner')
    for (const { route } of small.filter(({ side, guard }) => side === 'tenant' || guard === 'public')) {
      const status = await announced(world(), token, route.replace(/\{\w+\}/g, 'billing'), 10 * mebibyte)
      expect(`${route} ${status}`).toBe(`${route} 413`)
    }
    expect((await session(world(), token)('GET /auth/me')).status).toBe(200)
  })

  it('refuses a body above 16 MiB on any other route', async () => {
    const editor = session(world(), world().keys.editor)
    // A server that hangs up while the body is still being sent has refused it as well.
    const status = await editor('POST /changes', { body: Buffer.alloc(17 * mebibyte, ' ') }).then(
      (reply) => reply.status,
      () => 413,
    )
    expect(status).toBe(413)
    expect((await editor('GET /values/billing?environment=dev')).status).toBe(200)
  })
})
