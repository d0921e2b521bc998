import { describe, expect, it } from 'vitest'
import { accept } from '../identity/accept.ts'
import { membershipsOf } from '../identity/membership.ts'
import { addTenant } from './add.ts'
import { inviteOwner } from './invite-owner.ts'
import { asking, openWorld, refusalOf } from './testing/world.ts'

const password = 'a long enough passphrase 1'
const someone = '00000000-0000-4000-8000-00000000000a'

/** The platform's admin that `asking` speaks for, as a member of the platform. */
const withAdmin = async () => {
  const world = await openWorld()
  await world.app.platform.write({
    actor: 'system',
    origin: { type: 'bootstrap' },
    decide: (state) => ({
      ok: true,
      value: {
        changes: [
          {
            op: 'put',
            kind: 'member',
            name: someone,
            id: crypto.randomUUID(),
            previous: 0,
            body: { roles: ['admin'] },
          },
        ],
        platform: state.revision,
        answer: undefined,
      },
    }),
  })
  return world
}

describe('adding a tenant from the platform', () => {
  it('answers what was made and tells the audit of the platform', async () => {
    const { app, close } = await openWorld()
    const added = await addTenant(asking(app), { name: 'acme', plan: 'premium', labels: { tier: 'gold' } })
    expect(added).toMatchObject({
      name: 'acme',
      plan: 'premium',
      status: 'active',
      labels: { tier: 'gold' },
      version: 1,
      revision: 1,
    })
    expect(added.invitation).toBeUndefined()
    await expect.poll(async () => (await app.logs.hold(app.platformAccess)).state().revision).toBe(1)
    const [noted] = await (await app.logs.sealed(app.platformAccess)).history(0, 1)
    expect(noted).toMatchObject({ note: { type: 'tenant_created', resource: 'tenant/acme' } })
    await close()
  })

  it('is denied to everybody who does not write the platform, and leaves the name free', async () => {
    const { app, close } = await openWorld()
    for (const role of ['editor', 'viewer', 'reader', 'nobody'] as const)
      expect(await refusalOf(addTenant(asking(app, role), { name: 'acme' }))).toBe('denied')
    expect(await app.directory.entry('acme')).toBeUndefined()
    await close()
  })

  it('answers a dry run as the write would be answered, and stores nothing', async () => {
    const { app, close } = await openWorld()
    const dry = asking(app, 'admin', { dryRun: true })
    expect(await addTenant(dry, { name: 'acme', displayName: 'Acme' })).toMatchObject({
      name: 'acme',
      displayName: 'Acme',
      version: 1,
    })
    expect(await app.directory.entry('acme')).toBeUndefined()
    await addTenant(asking(app), { name: 'acme' })
    expect(await refusalOf(addTenant(dry, { name: 'acme' }))).toBe('already_exists')
    await close()
  })

  it('invites the first owner, who becomes it by accepting', async () => {
    const { app, close } = await withAdmin()
    const { invitation } = await addTenant(asking(app), { name: 'acme', owner: 'First@Example.org' })
    expect(invitation?.email).toBe('first@example.org')
    const context = { ...asking(app, 'nobody'), caller: { type: 'anonymous' } as const }
    await accept(context, { invitation: invitation?.invitation ?? '', password })
    const { config } = (await app.directory.find('acme')) ?? { config: '' }
    const members = [...(await app.logs.hold(config)).state().entries('member')]
    expect(members.map(({ body }) => body)).toEqual([{ roles: ['owner'] }])
    const memberships: unknown[] = []
    for await (const { tenant, roles } of membershipsOf(app, members[0]?.name ?? ''))
      memberships.push([tenant.name, roles])
    expect(memberships).toEqual([['acme', ['owner']]])
    expect(await refusalOf(accept(context, { invitation: invitation?.invitation ?? '', password }))).toBe(
      'invitation_invalid',
    )
    await close()
  })

  it('invites again where the first invitation came to nothing, until somebody owns the tenant', async () => {
    const { app, clock, close } = await withAdmin()
    const { invitation } = await addTenant(asking(app), { name: 'acme', owner: 'first@example.org' })
    clock.now += 8 * 24 * 3_600_000
    const context = { ...asking(app, 'nobody'), caller: { type: 'anonymous' } as const }
    expect(await refusalOf(accept(context, { invitation: invitation?.invitation ?? '', password }))).toBe(
      'invitation_invalid',
    )
    expect(
      (await inviteOwner(asking(app, 'admin', { dryRun: true }), 'acme', 'a@example.org')).invitation,
    ).toBeUndefined()
    for (const role of ['editor', 'viewer', 'nobody'] as const)
      expect(await refusalOf(inviteOwner(asking(app, role), 'acme', 'a@example.org'))).toBe('denied')
    expect(await refusalOf(inviteOwner(asking(app), 'globex', 'a@example.org'))).toBe('resource_not_found')
    const again = await inviteOwner(asking(app), 'acme', 'second@example.org')
    await accept(context, { invitation: again.invitation ?? '', password })
    expect(await refusalOf(inviteOwner(asking(app), 'acme', 'a@example.org'))).toBe('already_exists')
    await close()
  })

  it('makes nobody owner of a tenant that has one already', async () => {
    const { app, close } = await withAdmin()
    const one = await addTenant(asking(app), { name: 'acme', owner: 'first@example.org' })
    const ref = await app.directory.find('acme')
    await (await app.logs.hold(ref?.config ?? '')).write({
      actor: 'system',
      origin: { type: 'api' },
      decide: (state) => ({
        ok: true,
        value: {
          changes: [
            {
              op: 'put',
              kind: 'member',
              name: crypto.randomUUID(),
              id: crypto.randomUUID(),
              previous: 0,
              body: { roles: ['owner'] },
            },
          ],
          platform: state.platform,
          answer: undefined,
        },
      }),
    })
    const context = { ...asking(app, 'nobody'), caller: { type: 'anonymous' } as const }
    expect(await refusalOf(accept(context, { invitation: one.invitation?.invitation ?? '', password }))).toBe(
      'invitation_invalid',
    )
    await close()
  })

  it('shows an invitation once: the repeat under the same Idempotency-Key is told so', async () => {
    const { app, close } = await withAdmin()
    const write = { idempotency: { key: 'k', request: 'r' } }
    const input = { name: 'acme', owner: 'first@example.org' }
    await addTenant(asking(app, 'admin', write), input)
    expect(await refusalOf(addTenant(asking(app, 'admin', write), input))).toBe('already_created')
    const { owner: _, ...without } = { ...input, name: 'globex' }
    const first = await addTenant(asking(app, 'admin', write), without)
    expect(await addTenant(asking(app, 'admin', write), without)).toEqual(first)
    await close()
  })
})
