// What an append promises: the unique key decides, all of a batch or none, each batch on its own.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Journal } from '../journal.ts'
import { batch, codeOf, ends, fill, land, log, readAll, sure } from './batches.ts'
import type { Bench } from './subject.ts'

export const appendRules = ({ port, another }: Bench<Journal>): void => {
  describe('append', () => {
    it('lands a first batch and shows it to every reader', async () => {
      const one = batch(1, 3)
      expect(await land(port(), one)).toBe('landed')
      expect(await readAll(await another())).toEqual([one])
      expect(await port().head(log)).toBe(3)
    })

    it('rejects an append at a stale revision', async () => {
      await fill(port(), [1, 1])
      expect(await land(port(), batch(2))).toBe('conflict')
      expect(ends(await readAll(port()))).toEqual([
        [1, 1],
        [2, 2],
      ])
    })

    it('rejects an append beyond the head', async () => {
      await fill(port(), [1])
      expect(await land(port(), batch(3))).toBe('conflict')
      expect(await port().head(log)).toBe(1)
    })

    it('rejects a first append that does not begin at revision 1', async () => {
      expect(await land(port(), batch(2))).toBe('conflict')
      expect(await port().head(log)).toBe(0)
    })

    it('rejects an expected head that lies inside a batch', async () => {
      await fill(port(), [5])
      expect(await land(port(), batch(3, 9))).toBe('conflict')
      expect(await land(port(), batch(5, 9))).toBe('conflict')
      expect(await land(port(), batch(6, 9))).toBe('landed')
      expect(ends(await readAll(port()))).toEqual([
        [1, 5],
        [6, 9],
      ])
    })

    it('answers landed when the very same bytes come again, and keeps one row', async () => {
      const [first, second] = await fill(port(), [2, 2])
      expect(await land(port(), sure(first))).toBe('landed')
      expect(await land(await another(), sure(second))).toBe('landed')
      expect(ends(await readAll(port()))).toEqual([
        [1, 2],
        [3, 4],
      ])
    })

    it('answers conflict when other bytes, or another end, come for a key that is taken', async () => {
      const [first] = await fill(port(), [2])
      expect(await land(port(), batch(1, 2))).toBe('conflict')
      expect(await land(port(), { ...sure(first), last: 3 })).toBe('conflict')
      expect(await land(port(), { ...sure(first), last: 1 })).toBe('conflict')
    })

    it('lets each batch of a call land or conflict on its own, and answers in the order asked', async () => {
      await fill(port(), [2], 'taken')
      await fill(port(), [1], 'goes-on')
      const landings = await port().append([
        batch(1, 1, { log: 'new-z' }),
        batch(1, 2, { log: 'taken' }),
        batch(2, 3, { log: 'goes-on' }),
        batch(7, 7, { log: 'stale' }),
        batch(1, 4, { log: 'new-a' }),
      ])
      expect(landings).toEqual(['landed', 'conflict', 'landed', 'conflict', 'landed'])
      expect(await Promise.all(['new-z', 'taken', 'goes-on', 'stale', 'new-a'].map((id) => port().head(id)))).toEqual([
        1, 2, 3, 0, 4,
      ])
    })

    it('answers an empty call with nothing', async () => {
      expect(await port().append([])).toEqual([])
    })

    it('refuses two batches of one log in one call', async () => {
      expect(await codeOf(port().append([batch(1), batch(2)]))).toBe('bug')
      expect(await port().head(log)).toBe(0)
    })

    it.each([
      ['no log id', { log: '' }],
      ['a log id of 65 bytes', { log: 'x'.repeat(65) }],
      ['a log id beyond ASCII', { log: 'caf\u00e9' }],
      ['a log id with a line end', { log: 'a\n' }],
      ['revision 0', { first: 0 }],
      ['a broken revision', { first: 1.5, last: 2 }],
      ['an end before its start', { first: 2, last: 1 }],
      ['an end beyond exact numbers', { last: 2 ** 53 }],
    ])('refuses a batch with %s, and nothing of its call is stored', async (_, wrong) => {
      expect(await codeOf(port().append([batch(1, 1, { log: 'good' }), { ...batch(1), ...wrong }]))).toBe('bug')
      expect(await port().head('good')).toBe(0)
    })

    it('refuses a payload above 80 MiB, and nothing of its call is stored', async () => {
      const payload = new Uint8Array(80 * 1024 * 1024 + 1)
      expect(await codeOf(port().append([batch(1, 1, { log: 'good' }), batch(1, 1, { payload })]))).toBe('too_large')
      expect(await port().head('good')).toBe(0)
    })

    it('keeps an empty payload', async () => {
      const one = batch(1, 1, { payload: Buffer.alloc(0) })
      expect(await land(port(), one)).toBe('landed')
      expect(await land(port(), one)).toBe('landed')
      expect(await readAll(port())).toEqual([one])
    })

    it('keeps a payload of 20 MiB whole, and leaves the caller its bytes', async () => {
      const payload = randomBytes(20 * 1024 * 1024)
      const one = batch(1, 1, { payload })
      expect(await land(port(), one)).toBe('landed')
      expect(payload.byteLength).toBe(20 * 1024 * 1024)
      expect(await land(port(), one)).toBe('landed')
      expect((await readAll(await another())).map((read) => Buffer.compare(read.payload, payload))).toEqual([0])
    })

    it('keeps a payload that its caller overwrites after the answer', async () => {
      const payload = Buffer.from('as it was')
      await land(port(), batch(1, 1, { payload }))
      payload.fill(0)
      const [read] = await readAll(port())
      expect(Buffer.from(sure(read).payload).toString()).toBe('as it was')
    })

    it('keeps every byte value', async () => {
      const payload = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256))
      await land(port(), batch(1, 1, { payload }))
      expect((await readAll(port()))[0]?.payload).toEqual(payload)
    })

    it('holds log ids apart that differ by case, by a trailing space, or are the start of one another', async () => {
      const ids = [
        'Tenant',
        'tenant',
        'tenant ',
        ' tenant',
        'TENANT',
        'tenant-1',
        'tenan',
        "te'nant",
        'te%ant',
        'te_ant',
      ]
      expect(await port().append(ids.map((id, index) => batch(1, index + 1, { log: id })))).toEqual(
        ids.map(() => 'landed'),
      )
      expect(await Promise.all(ids.map((id) => port().head(id)))).toEqual(ids.map((_, index) => index + 1))
    })

    it('keeps revisions at the edge of exact numbers', async () => {
      const last = Number.MAX_SAFE_INTEGER - 1
      await land(port(), batch(1, last))
      expect(await land(port(), batch(last + 1))).toBe('landed')
      expect(await port().head(log)).toBe(Number.MAX_SAFE_INTEGER)
      expect(ends(await readAll(port(), log, last))).toEqual([[last + 1, last + 1]])
    })
  })
}
