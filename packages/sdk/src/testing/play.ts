// Plays a script of faults: a client on one side, the script's server on the other. Owns what a step means; each rule is in the scripts.
import { expect, vi } from 'vitest'
import { checkedText, withChecksum } from '../cache/checksum.ts'
import type { Store } from '../cache/store.ts'
import type { Konfig } from '../connect/client.ts'
import { connect } from '../connect/connect.ts'
import { isKonfigUnavailable } from '../errors.ts'
import type { Json } from '../values/json.ts'
import type { Expected, Script, Step } from './script.ts'
import { type Arrived, openScriptedServer, type ScriptedServer } from './server.ts'

export const scriptedKey = 'kfg_scripted_key'

interface Shelf extends Store {
  readonly kept: () => Json | undefined
}

const shelfOf = (cache: NonNullable<Script['client']['cache']>): Shelf => {
  let text = cache.kept === undefined ? cache.text : withChecksum(JSON.stringify(cache.kept))
  return {
    load: async () => {
      if (cache.unreadable === true) throw new Error('EIO')
      return text
    },
    save: async (next) => {
      if (cache.unwritable === true) throw new Error('ENOSPC')
      text = next
    },
    kept: () => (text === undefined ? undefined : (JSON.parse(checkedText(text) ?? 'null') as Json)),
  }
}

type Connected =
  | { readonly outcome: 'resolves'; readonly konfig: Konfig }
  | { readonly outcome: 'rejects'; readonly reason: unknown }

/** Asks again and again until it holds, and fails with how it differs. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000, interval: 5 })

const known = ({ values, state, reason, point }: Expected, konfig: Konfig): void => {
  if (values !== undefined) expect(konfig.getAll()).toEqual(values)
  if (state !== undefined) expect(konfig.state).toBe(state)
  if (reason !== undefined) expect(konfig.reason ?? null).toBe(reason)
  if (point !== undefined) expect(konfig.point).toBe(point)
}

const checkRequest = (
  arrived: Arrived,
  { path, query = {}, headers = {} }: Extract<Step, { request: unknown }>['request'],
): void => {
  expect({ path: arrived.path, query: arrived.query }).toEqual({ path, query })
  expect(arrived.headers.authorization).toBe(`Bearer ${scriptedKey}`)
  for (const [name, value] of Object.entries(headers))
    expect(`${name}: ${String(arrived.headers[name] ?? null)}`).toBe(`${name}: ${value}`)
}

const steps = async (
  script: Script,
  server: ScriptedServer,
  shelf: Shelf | undefined,
  connecting: Promise<Connected>,
): Promise<void> => {
  let last: Arrived | undefined
  const konfig = async (): Promise<Konfig> => {
    const connected = await connecting
    if (connected.outcome === 'rejects') throw connected.reason
    return connected.konfig
  }
  for (const step of script.steps) {
    if ('request' in step) {
      last = await server.next()
      checkRequest(last, step.request)
      await last.answer(step.answer)
    } else if ('send' in step) await last?.send(step.send, step.after)
    else if ('connected' in step) {
      const connected = await connecting
      expect(connected.outcome).toBe(step.connected)
      if (connected.outcome === 'rejects') {
        expect(isKonfigUnavailable(connected.reason) && connected.reason.code).toBe(step.code)
        expect(String(connected.reason)).not.toContain(scriptedKey)
      }
    } else if ('get' in step) expect((await konfig()).get(step.get)).toEqual(step.gives)
    else if ('reached' in step) await (await konfig()).reached(step.reached)
    else {
      const client = await konfig()
      await soon(() => {
        known(step.expect, client)
        if (step.expect.kept !== undefined) expect(shelf?.kept()).toEqual(step.expect.kept)
      })
    }
  }
}

export const play = async (script: Script): Promise<void> => {
  const server = await openScriptedServer()
  const events: Json[][] = []
  const waits: [number, string][] = []
  const { cache, random = 1, ...client } = script.client
  const shelf = cache && shelfOf(cache)
  const connecting: Promise<Connected> = connect({
    ...client,
    url: server.url,
    apiKey: scriptedKey,
    ...(shelf === undefined ? {} : { cache: shelf }),
    random: () => random,
    hooks: { wait: (millis, because) => waits.push([millis, because]) },
    on: {
      ready: () => events.push(['ready']),
      stale: ({ reason }) => events.push(['stale', reason]),
      change: ({ changed, removed }) => events.push(['change', changed, removed]),
      error: ({ code }) => events.push(['error', code]),
    },
  }).then(
    (konfig) => ({ outcome: 'resolves', konfig }),
    (reason: unknown) => ({ outcome: 'rejects', reason }),
  )
  try {
    await steps(script, server, shelf, connecting)
    await soon(() => {
      expect({ waits, events }).toEqual({ waits: script.waits, events: script.events })
    })
    expect(server.waiting()).toBe(0)
  } finally {
    // Ends a client that a failed step has left waiting for its first values.
    await server.close()
    const connected = await connecting
    if (connected.outcome === 'resolves') await connected.konfig.close()
  }
}
