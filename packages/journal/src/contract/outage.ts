// What holds when a server is stopped, dies, hangs, or loses connections, for real: for every adapter of one, on a server that no other test uses.
import type { Millis } from '@konfig/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Journal, Landing } from '../journal.ts'
import { type batch, codeOf } from './batches.ts'

export interface OutageServer {
  /** Ends it as an operator would. */
  readonly stop: () => Promise<void>
  /** Ends it as a failure would. */
  readonly crash: () => Promise<void>
  /** The same data at the same place again. */
  readonly start: () => Promise<void>
  /** Nothing of it answers, and no connection breaks; answers how to let it go on. */
  readonly freeze: () => () => void
}

export interface OutageSubject {
  /** Asked when a test begins. */
  readonly server: () => OutageServer
  /** One more opening of the one store, for which an answer is lost that takes longer; the suite closes it. */
  readonly open: (answerMillis?: Millis) => Promise<Journal>
  /** The same, by a way on which connections can be broken. */
  readonly openBreakable: () => Promise<Journal>
  /** Breaks the connections of all that were opened so, whether or not they are in use. */
  readonly breakConnections: () => Promise<void>
}

/** A limit for what hangs. */
const patiently = { timeout: 60_000 }
const shortMillis = 300

export const outageContract = (
  name: string,
  { server, open, openBreakable, breakConnections }: OutageSubject,
): void => {
  describe(`outage contract: ${name}`, () => {
    let journal: Journal
    let log = ''
    let logs = 0
    const opened: Journal[] = []

    const keep = async (opening: Promise<Journal>): Promise<Journal> => {
      const one = await opening
      opened.push(one)
      return one
    }
    /** A busy machine may take longer to answer than is allowed here: then it is asked again. */
    const impatient = (): Promise<Journal> => vi.waitFor(() => keep(open(shortMillis)), patiently)
    const one = (first: number): ReturnType<typeof batch> => ({
      log,
      first,
      last: first,
      payload: Buffer.from(`payload ${first}`),
    })
    const land = async (first: number, at = journal): Promise<Landing | undefined> => (await at.append([one(first)]))[0]
    const told = (first: number, at = journal): Promise<unknown> => land(first, at).catch(() => 'unavailable')
    /** At last: whoever is told that it is not known appends the very same bytes again. */
    const lands = async (first: number, at = journal): Promise<void> => {
      await expect.poll(() => told(first, at), patiently).toBe('landed')
    }
    const headOf = (at: Journal = journal): Promise<unknown> => at.head(log).catch(() => 'unavailable')
    /** That connections are gone may be heard a little later. */
    const isAway = async (): Promise<void> => {
      await expect.poll(() => codeOf(journal.health()), patiently).toBe('unavailable')
    }
    const woken = (at: Journal): Promise<void> =>
      new Promise((resolve) => {
        const stop = at.watch(() => {
          stop()
          resolve()
        })
      })

    beforeEach(async () => {
      logs += 1
      log = `outage-${logs}`
      journal = await keep(open())
    })
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((each) => each.close()))
    })

    describe('a server that is stopped', () => {
      it('is unavailable to writers and readers, and after its start both go on with what was acknowledged', async () => {
        await lands(1)
        await server().stop()
        await isAway()
        expect(await codeOf(land(2))).toBe('unavailable')
        expect(await codeOf(journal.read(log, 0, 10))).toBe('unavailable')
        expect(await codeOf(journal.health())).toBe('unavailable')
        await server().start()
        await expect.poll(() => headOf(), patiently).toBe(1)
        await lands(2)
      })

      it.each(['stop', 'crash'] as const)(
        '%s, while writers write: whoever is not told landed is told unknown or unavailable, and the same bytes again land',
        async (way) => {
          const landings: unknown[] = []
          const write = async (): Promise<void> => {
            while (landings.length < 20_000 && (landings.at(-1) ?? 'landed') === 'landed')
              landings.push(await told(landings.length + 1))
          }
          const going = async (): Promise<void> => {
            await expect.poll(() => landings.length, patiently).toBeGreaterThan(20)
            await server()[way]()
          }
          await Promise.all([write(), going()])
          await server().start()
          expect(['unknown', 'unavailable']).toContain(landings.at(-1))
          await lands(landings.length)
          await expect.poll(() => headOf(), patiently).toBe(landings.length)
        },
      )

      it('wakes followers when it is back, since they may have missed something', async () => {
        const first = woken(journal)
        await lands(1)
        await first
        await server().crash()
        await isAway()
        const again = woken(journal)
        await server().start()
        await expect(again).resolves.toBeUndefined()
      })
    })

    describe('a server that hangs', () => {
      it('leaves the outcome of a write unknown, refuses reads, holds up no stop, and settles the same bytes once it goes on', async () => {
        const [hasty, leaving] = [await impatient(), await impatient()]
        await vi.waitFor(() => leaving.health(), patiently)
        await lands(1, hasty)
        const thaw = server().freeze()
        const outcomes = [await told(2, hasty), await codeOf(hasty.head(log))]
        await leaving.close()
        thaw()
        expect(outcomes).toEqual(['unknown', 'unavailable'])
        await lands(2, hasty)
        await expect.poll(() => headOf(hasty), patiently).toBe(2)
      })
    })

    describe('connections that break', () => {
      it('are replaced, whether or not they were in use', async () => {
        const through = await keep(openBreakable())
        await lands(1, through)
        await breakConnections()
        await lands(2, through)
        await expect.poll(() => headOf(), patiently).toBe(2)
      })

      it('take no follower with them: he hears of other nodes again', async () => {
        const through = await keep(openBreakable())
        const heard = woken(through)
        await lands(1, through)
        await heard
        await breakConnections()
        const again = woken(through)
        await lands(2)
        await expect(again).resolves.toBeUndefined()
      })
    })
  })
}
