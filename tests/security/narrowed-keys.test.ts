// What an API key that is narrowed to a namespace tried to reach beyond it: by what is about the whole tenant, by references, by applications.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, person, putting, type Session, session } from '../harness/session.ts'
import { openWorld, type Role, type World } from '../harness/world.ts'

let world: World
let owner: Session
const narrowed = async (role: Role): Promise<Session> => {
  const made = await owner('POST /api-keys', {
    body: {
      name: `narrow-${role}-${crypto.randomUUID().slice(0, 8)}`,
      role,
      namespaces: ['billing'],
      environments: [],
    },
  })
  return session(world, field<string>(made, 'key'))
}
const applicationOf = (namespaces: readonly string[]) => ({
  changes: [putting('application', { name: 'vault-app' }, { namespaces })],
})

beforeAll(async () => {
  world = await openWorld()
  owner = await person(world, 'owner')
  await owner('POST /namespaces', { body: { name: 'vault' } })
  await owner('POST /namespaces/vault/configs', { body: { key: 'pin', type: 'string', value: 'vault-marker' } })
  const made = await owner('POST /changes', { body: applicationOf(['vault']) })
  if (made.status !== 201) throw new Error(`the application was not made: ${made.status} ${made.text}`)
})
afterAll(() => world.close())

describe('a key that is narrowed to a namespace', () => {
  it('reads nothing that is about the tenant as a whole: audit, usage, keys, members, who can', async () => {
    const admin = await narrowed('admin')
    for (const route of [
      'GET /audit',
      'POST /audit/verify',
      'GET /usage',
      'GET /keys',
      'POST /keys/rotate',
      'GET /api-keys',
      'GET /members',
      'GET /access?permission=config:read',
    ])
      expect(`${route} ${(await admin(route)).status}`).toBe(`${route} 403`)
    const viewer = await narrowed('viewer')
    expect((await viewer('GET /audit')).status).toBe(403)
    expect((await viewer('GET /namespaces/billing/configs')).status).toBe(200)
  })

  it('gets no value of another namespace by writing a reference to it, whatever way the value is written', async () => {
    const editor = await narrowed('editor')
    const value = '${CONFIG:vault/pin}'
    const put = { key: 'peek', type: 'string', value }
    const replies = [
      await editor('POST /namespaces/billing/configs', { body: put }),
      await editor('PUT /namespaces/billing/configs/greeting', { body: { value } }),
      await editor('PUT /namespaces/billing/configs/greeting?environment=dev', { body: { value: `a ${value}` } }),
      await editor('PATCH /namespaces/billing/configs/greeting', {
        body: { value },
        headers: { 'content-type': 'application/merge-patch+json' },
      }),
      await editor('POST /changes', {
        body: {
          changes: [putting('config', { name: 'peek', namespace: 'billing' }, { type: 'json', value: { a: [value] } })],
        },
      }),
      await editor('POST /import?format=json&namespace=billing', { body: { peek: value } }),
    ]
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 403))
    expect((await editor('GET /values/billing?environment=dev')).text).not.toContain('vault-marker')
  })

  it('does not change what an application of other namespaces reads', async () => {
    const editor = await narrowed('editor')
    for (const body of [
      applicationOf(['billing']),
      { changes: [{ op: 'delete', resource: { kind: 'application', metadata: { name: 'vault-app' } } }] },
    ])
      expect((await editor('POST /changes', { body })).status).toBe(403)
    expect((await owner('GET /values?application=vault-app&environment=dev')).text).toContain('vault-marker')
  })
})
