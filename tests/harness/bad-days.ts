// The bad days of an installation on a database server, for each backend that has one: a process of its own, and a real server that is away,
// comes, goes and comes back; and two nodes on one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './client.ts'
import { nodesOn, put, read, retries, type Variables } from './nodes.ts'
import { field } from './session.ts'

export interface Host {
  /** Which names an empty database on it. */
  readonly journal: Variables
  /** The same with credentials that hold `secret-word` and are wrong. */
  readonly wrong: Variables
  readonly stop: () => Promise<void>
  /** The same data at the same place again. */
  readonly start: () => Promise<void>
  readonly remove: () => Promise<void>
}

export interface Words {
  /** How the server calls it while it waits for it. */
  readonly waitedFor: string
  /** What it says of wrong credentials, somewhere after the place. */
  readonly refused: string
  /** A URL where nobody listens. */
  readonly nowhere: string
}

export const badDays = (name: string, open: () => Promise<Host>, words: Words): void => {
  describe(`on ${name}`, () => {
    rules(open, words)
  })
}

const rules = (open: () => Promise<Host>, { waitedFor, refused, nowhere }: Words): void => {
  let host: Host
  const { start, urlOf, stop, administrator } = nodesOn(() => host.journal)
  beforeAll(async () => {
    host = await open()
  })
  afterAll(() => host.remove())

  describe('the server away', () => {
    it('at the start: the node waits, says so, does not listen, and serves once it is there', async () => {
      await host.stop()
      const child = start('first')
      await child.waitFor(/"msg":"Waiting for the journal"/)
      expect(child.errors()).toMatch(new RegExp(`^waiting: ${waitedFor} at .+ does not answer \\(ECONNREFUSED\\)`))
      expect(child.output()).not.toContain('Listening')
      await host.start()
      const url = await urlOf(child)
      expect((await ask({ url }, { method: 'GET', path: '//health/ready' })).status).toBe(200)
    })

    it('at the start: a node that is told to stop while it waits ends at once, without an error', async () => {
      const child = start('waiting', {
        KONFIG_JOURNAL: nowhere,
        KONFIG_JOURNAL_MIGRATE: '',
      })
      await child.waitFor(/Waiting for the journal/)
      expect(await stop(child)).toBe(0)
      expect(child.errors()).not.toContain('error')
    })

    it('at the start: what waiting cannot mend ends the node with words and a code', async () => {
      const child = start('wrong', { KONFIG_JOURNAL_MIGRATE: '', ...host.wrong })
      expect(await child.ended).toBe(1)
      expect(child.errors()).toMatch(new RegExp(`^error: .* at .* ${refused}`, 'm'))
      expect(child.errors() + child.output()).not.toContain('secret-word')
    })

    it('later: reads go on, writes get 503 with Retry-After, and it heals by itself', async () => {
      const url = await urlOf(start('second'))
      const owner = await administrator(url)
      await owner('POST /namespaces', { body: { name: 'web' } })
      expect((await owner(`PUT ${retries}`, put(1))).status).toBe(201)
      expect((await owner(read)).json).toMatchObject({ value: 1 })
      await host.stop()
      for (const round of [1, 2]) {
        const reply = await owner(`PUT ${retries}`, put(10 + round))
        expect([reply.status, Number(reply.headers.get('retry-after')) > 0]).toEqual([503, true])
        expect((await owner(read)).json).toMatchObject({ value: 1 })
        expect((await ask({ url }, { method: 'GET', path: '//health/ready' })).status).toBe(200)
      }
      await host.start()
      await expect.poll(async () => (await owner(`PUT ${retries}`, put(2))).status, { timeout: 60_000 }).toBe(200)
      expect((await owner(read)).json).toMatchObject({ value: 2 })
      // Refused was refused: nothing of it came later.
      const history = field<readonly { value: unknown }[]>(await owner(`GET ${retries}/history`), 'items')
      expect(history.map(({ value }) => value)).not.toContain(11)
      expect(history.map(({ value }) => value)).not.toContain(12)
    })
  })

  describe('two nodes on one database', () => {
    it('read what the other wrote, whichever way round, and one writer of a version wins', async () => {
      const nodes = await Promise.all([urlOf(start('left')), urlOf(start('right'))])
      const [left, right] = await Promise.all(nodes.map(administrator))
      if (left === undefined || right === undefined) throw new Error('there are two nodes')
      expect((await left(`PUT ${retries}`, put(100))).status).toBe(200)
      await expect.poll(async () => (await right(read)).json).toMatchObject({ value: 100 })
      expect((await right(`PUT ${retries}`, put(200))).status).toBe(200)
      await expect.poll(async () => (await left(read)).json).toMatchObject({ value: 200 })
      const tag = (await left(`GET ${retries}`)).headers.get('etag') ?? ''
      const replies = await Promise.all(
        [left, right].map((node, at) => node(`PUT ${retries}`, { ...put(300 + at), headers: { 'if-match': tag } })),
      )
      expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412])
    })
  })
}
