// What is left of a tenant among the records once it was erased.
import { describe, expect, it } from 'vitest'
import { openTending } from '../audit/tend.ts'
import { everyRecord } from '../backup/source.ts'
import { revokeApiKey } from '../identity/api-keys.ts'
import { issueInvitation } from '../identity/invitation.ts'
import { inviteMember } from '../identity/invite-member.ts'
import { removeMember } from '../identity/members.ts'
import { readSession } from '../identity/session.ts'
import {
  administrator,
  asking,
  callerOf,
  inside,
  joined,
  keyOf,
  logIn,
  openWorld,
  password,
  refusalOf,
  registered,
  type World,
} from '../identity/testing/world.ts'
import { accept } from '../identity/accept.ts'
import { writeVerifier } from '../identity/verifier.ts'
import { changeTenant } from './change.ts'
import { closeTenant } from './close.ts'

/** What stays, as the docs say: the name that is not used again, the certificate, and what is told of a log by its id. */
const promised: readonly string[] = ['erasures', 'key-rings', 'log-heads', 'tenant-ids', 'tenants']

/** Kinds of records in which one of these words stands, in an id or in what is sealed. */
const naming = async ({ app, store }: World, words: readonly string[]): Promise<readonly string[]> => {
  const found = new Set<string>()
  for (const collection of store.records.keys()) {
    if (collection === 'installation') continue
    for await (const { id, value } of everyRecord(app.records, collection))
      if (words.some((word) => `${id} ${JSON.stringify(value)}`.includes(word))) found.add(collection)
  }
  return [...found].toSorted()
}

const operatorOf = async ({ app }: World) => asking(app, await callerOf(app, (await administrator(app)).accessToken))

/** A tenant that left something in every kind of record that there is, among them what its log says nothing of any more. */
const lived = async () => {
  const world = await openWorld()
  const { app } = world
  const owner = (await registered(app, 'acme')).accessToken
  await registered(app, 'globex')
  await joined(app, owner, 'editor')
  const viewer = await callerOf(app, (await joined(app, owner, 'viewer')).accessToken)
  if (viewer.type !== 'user') throw new Error('no user')
  const context = await inside(app, owner)
  await removeMember(context, viewer.userId, undefined)
  // An index that was written late: the log has nobody of that name any more.
  await app.records.put('memberships', `${viewer.userId}/acme`, undefined, { tenant: 'acme' })
  await keyOf(app, owner)
  await revokeApiKey(context, (await keyOf(app, owner, { name: 'old' })).id, undefined)
  await writeVerifier(app, 'unconfirmed', { tenant: 'acme', name: 'unconfirmed', hash: 'hash' })
  const { invitation } = await inviteMember(await inside(app, owner, { idempotency: { key: 'k', request: 'r' } }), {
    email: 'late@acme.example',
    roles: ['viewer'],
  })
  app.usage.count(app.usage.counter(context.tenant?.id ?? ''))
  await app.usage.flush()
  world.clock.now += 7 * 3600 * 1000
  await openTending(app).round()
  const ref = await app.directory.find('acme')
  if (ref === undefined) throw new Error('no tenant')
  return { ...world, ref, invitation: invitation ?? '' }
}

const erase = async (world: World) => {
  const operator = await operatorOf(world)
  await changeTenant(operator, 'acme', { status: 'suspended' })
  await closeTenant(operator, { nameOrId: 'acme', confirm: 'acme' })
}

describe('the records of a tenant that is erased', () => {
  it('name it no more, but for what is promised to stay', async () => {
    const world = await lived()
    const words = ['acme"', world.ref.id, world.ref.config]
    expect(await naming(world, words)).toEqual(
      [...promised, 'api-keys', 'invitations', 'memberships', 'sessions', 'usage']
        .filter((kind) => kind !== 'erasures')
        .toSorted(),
    )
    await erase(world)
    expect(await naming(world, words)).toEqual(promised)
    await world.close()
  })

  it('are no others’: who lives in another tenant is there as before', async () => {
    const world = await lived()
    const before = await naming(world, ['globex"'])
    await erase(world)
    expect(await naming(world, ['globex"'])).toEqual(before)
    expect((await logIn(world.app, 'owner@globex.example')).accessToken).not.toBe('')
    await world.close()
  })

  it('hold no invitation that anybody could accept, and none is made any more by who had not heard of it', async () => {
    const world = await lived()
    const { app, invitation } = world
    await erase(world)
    expect(await refusalOf(accept(asking(app), { invitation, password }))).toBe('invitation_invalid')
    const late = {
      type: 'member',
      side: 'tenant',
      tenant: 'acme',
      email: 'x@y.example',
      roles: [],
      invitedBy: 'system',
    } as const
    expect(await refusalOf(issueInvitation(app, late, 60_000))).toBe('resource_not_found')
    expect(await naming(world, ['acme"'])).not.toContain('invitations')
    await world.close()
  })

  it('hold no session in it, on the node that erased it at once', async () => {
    const world = await lived()
    const { app } = world
    const caller = await callerOf(app, (await logIn(app, 'owner@acme.example', 'acme')).accessToken)
    if (caller.type !== 'user') throw new Error('no user')
    await erase(world)
    expect(await readSession(app, caller.userId, caller.sessionId)).toBeUndefined()
    await world.close()
  })
})
