// A stream is opened by rights that may have changed while it was being opened.
import { ok } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { createRole, putRole } from '../identity/custom-roles.ts'
import { inside, joined, openWorld, registered, type World } from '../identity/testing/world.ts'
import type { Listener, StreamEvent } from './face.ts'
import { followValues } from './follow.ts'
import { closeStreams } from './streams.ts'

let world: World
beforeEach(async () => {
  world = await openWorld({ options: { streams: { recheckMillis: 5 } } })
})
afterEach(async () => {
  closeStreams(world.app)
  await world.close()
})

const reading = (namespaces: readonly string[]) => ({
  permissions: [{ permission: 'value:read', namespaces: [...namespaces], environments: ['dev'] }],
})

/** Listens by a token; `ended` resolves with what the stream ended with. */
const listening = (token: string) => {
  const ended = Promise.withResolvers<StreamEvent | undefined>()
  const listener: Listener = {
    credentials: { authorization: `Bearer ${token}`, address: '192.0.2.1' },
    send: () => undefined,
    end: ended.resolve,
  }
  return { listener, ended: ended.promise }
}

describe('a stream whose right went while it was being opened', () => {
  it('ends, also beside another one of the same credential', async () => {
    const { accessToken } = await registered(world.app, 'acme')
    const owner = () => inside(world.app, accessToken)
    await commit(await owner(), () =>
      ok({
        intentions: ['open', 'vault'].map((name) => ({ op: 'put', kind: 'namespace', name, body: {} }) as const),
      }),
    )
    await createRole(await owner(), { name: 'guest', ...reading(['open', 'vault']) })
    const guest = (await joined(world.app, accessToken, 'guest')).accessToken

    const asked = (namespace: string) => ({ environment: 'dev', namespaces: [namespace] })
    const first = listening(guest)
    ;(await followValues(await inside(world.app, guest), asked('open'))).open(first.listener)
    const late = await followValues(await inside(world.app, guest), asked('vault'))
    await putRole(await owner(), 'guest', reading(['open']))
    // Until the first stream's rights were looked at again.
    await new Promise((resolve) => setTimeout(resolve, 100))

    const second = listening(guest)
    late.open(second.listener)
    expect(await second.ended).toMatchObject({ type: 'revoked', data: '{"reason":"denied"}' })
  })
})
