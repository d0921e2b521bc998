import { describe, expect, it } from 'vitest'
import { codeOf } from '../contract/batches.ts'
import type { Journal } from '../journal.ts'
import { unavailable } from '../unavailable.ts'
import { emptyHead } from './batch.ts'
import { signCheckpoint } from './checkpoint.ts'
import { snapshotOpener, snapshotSealer } from './chunk.ts'
import { corrupt } from './corrupt.ts'
import type { LoadedSnapshot, LogHead, SealedLanding, SnapshotRow } from './face.ts'
import { openLog } from './log.ts'
import { signingOf } from './signing.ts'
import { commits, openForTest } from './testing/opened.ts'
import { verifyLog } from './verify.ts'

const headOf = (landing: SealedLanding): LogHead => {
  if (landing.landing !== 'landed') throw new Error(landing.landing)
  return landing.head
}

const filled = async (sizes: readonly number[]) => {
  const opened = await openForTest()
  const log = await opened.log('acme')
  const heads: LogHead[] = [emptyHead]
  for (const size of sizes) {
    const head = heads.at(-1)!
    heads.push(headOf(await log.append(head, commits(head.revision + 1, size))))
  }
  return { ...opened, log, heads, head: heads.at(-1)! }
}

const rowsOf = async (snapshot: LoadedSnapshot | undefined) => {
  const rows: unknown[] = []
  for await (const slice of snapshot?.slices ?? [])
    rows.push(...(JSON.parse(Buffer.from(slice).toString()) as typeof rows))
  return rows
}

describe('a sealed log', () => {
  it('reads what was appended, and comes to the same head', async () => {
    const { log, head } = await filled([1, 3, 2])
    const read = await log.read(emptyHead)
    expect(read.commits.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6])
    expect(read.head).toEqual(head)
    expect(await log.read(head)).toEqual({ commits: [], head })
    expect(await log.durableHead()).toBe(6)
  })

  it('reads on from a head page by page', async () => {
    const { log, head } = await filled([1, 3, 2])
    const first = await log.read(emptyHead, 1)
    const second = await log.read(first.head, 5)
    expect([first.head.revision, second.commits.length]).toEqual([1, 5])
    expect(second.head).toEqual(head)
  })

  it('answers a conflict to a stale head', async () => {
    const { log } = await filled([1, 1])
    expect(await log.append(emptyHead, commits(1, 1))).toEqual({ landing: 'conflict' })
  })

  it('refuses commits that do not follow the head', async () => {
    const { log, head } = await filled([1])
    expect(await codeOf(log.append(head, commits(3, 1)))).toBe('bug')
    expect(await codeOf(log.append(head, []))).toBe('bug')
  })

  it('reads history from any revision, inside a batch too', async () => {
    const { log } = await filled([1, 3, 2])
    expect((await log.history(2, 10)).map(({ revision }) => revision)).toEqual([3, 4, 5, 6])
    expect((await log.history(4, 1)).map(({ revision }) => revision)).toEqual([5, 6])
    expect(await log.history(6, 10)).toEqual([])
  })

  it('refuses to read on from a head that the log does not continue', async () => {
    const { log, heads } = await filled([1, 1, 1])
    expect(await codeOf(log.read({ revision: 1, hash: heads[2]!.hash }))).toBe('journal_corrupt')
  })

  it('settles a lost answer by the same bytes, and appends once', async () => {
    const { journal, rings, ring } = await openForTest()
    let calls = 0
    const forgetful: Journal = {
      ...journal,
      append: async (batches) => {
        calls += 1
        const landings = await journal.append(batches)
        if (calls === 2) throw unavailable()
        return calls < 3 ? landings.map(() => 'unknown' as const) : landings
      },
    }
    const log = openLog(forgetful, rings, await ring('acme'))
    expect(headOf(await log.append(emptyHead, commits(1, 2))).revision).toBe(2)
    expect((await log.read(emptyHead)).commits).toHaveLength(2)
  })

  it('rejects with outcome_unknown, not unavailable, when the store goes away behind a lost answer', async () => {
    const { journal, rings, ring } = await openForTest()
    let calls = 0
    const dying: Journal = {
      ...journal,
      append: async (batches) => {
        calls += 1
        if (calls > 1) throw unavailable()
        return batches.map(() => 'unknown' as const)
      },
    }
    expect(await codeOf(openLog(dying, rings, await ring('acme')).append(emptyHead, commits(1, 1)))).toBe(
      'outcome_unknown',
    )
  })

  it('goes on under a rotated key, and a node with the old ring finds the new version', async () => {
    const { journal, rings, log, head } = await filled([2])
    const rotated = openLog(journal, rings, await rings.rotate('acme'))
    headOf(await rotated.append(head, commits(3, 1)))
    expect((await log.read(emptyHead)).commits).toHaveLength(3)
    expect((await rotated.read(emptyHead)).commits).toHaveLength(3)
  })

  it('seals snapshots with the newest version, and opens older ones as long as they are there', async () => {
    const { journal, rings, log, head } = await filled([2])
    await log.saveSnapshot(head, [['a', 1]])
    const keyOf = async (): Promise<number | undefined> => {
      const [front] = await Array.fromAsync((await journal.loadSnapshot('acme', 99))?.parts ?? [])
      // Behind the length of the first frame: 'KFS1', then the version.
      return front === undefined ? undefined : Buffer.from(front).readUInt32BE(Buffer.from(front).indexOf('KFS1') + 4)
    }
    expect(await keyOf()).toBe(1)
    await rings.rotate('acme')
    await log.renew()
    expect(await rowsOf(await log.loadSnapshot())).toEqual([['a', 1]])
    const next = headOf(await log.append(head, commits(3, 1)))
    await log.saveSnapshot(next, [['b', 2]])
    expect(await keyOf()).toBe(2)
    expect(await rowsOf(await openLog(journal, rings, (await rings.load('acme')) as never).loadSnapshot())).toEqual([
      ['b', 2],
    ])
  })

  it('rejects with log_erased once the log is erased', async () => {
    const { journal, log, head } = await filled([1])
    await journal.erase('acme')
    expect(await codeOf(log.read(emptyHead))).toBe('log_erased')
    expect(await log.append(head, commits(2, 1))).toEqual({ landing: 'erased' })
  })

  it('reads a trimmed log from its checkpoint', async () => {
    const { journal, log, heads, head, signing } = await filled([2, 1, 1])
    const at = { log: 'acme', ...heads[2]!, until: 1, trimmed: 3, time: 2 }
    expect(await journal.trim('acme', 4, signCheckpoint(signing, at))).toBe(true)
    const read = await log.read(emptyHead)
    expect(read.commits.map(({ revision }) => revision)).toEqual([4])
    expect(read.head).toEqual(head)
    expect(read.begins).toMatchObject({ revision: 3, until: 1 })
    // A reader that stood inside what was trimmed goes on behind it.
    expect(await log.read(heads[1]!)).toEqual(read)
    expect(await log.begins()).toEqual(read.begins)
  })

  it('refuses to begin where nobody of this installation signed', async () => {
    const { journal, log, heads, rings } = await filled([2, 1, 1])
    const at = { log: 'acme', ...heads[2]!, until: 1, trimmed: 3, time: 2 }
    const stranger = signingOf({ key: new Uint8Array(32) })
    expect(await journal.trim('acme', 4, signCheckpoint(stranger, at))).toBe(true)
    expect(await codeOf(log.read(emptyHead))).toBe('journal_corrupt')
    expect(await codeOf(log.begins())).toBe('journal_corrupt')
    const { signedBy: _, ...ring } = await rings.create('acme')
    expect(await codeOf(openLog(journal, rings, ring).read(emptyHead))).toBe('journal_corrupt')
  })
})

describe('a snapshot', () => {
  const rows = (count: number): SnapshotRow[] =>
    Array.from({ length: count }, (_, index) => [index, `key-${index}`, { nested: [index] }, null])

  it.each([0, 1, 249, 250, 251, 5000])('gives back %i rows in order', async (count) => {
    const { log, head } = await filled([1])
    await log.saveSnapshot(head, rows(count))
    const loaded = await log.loadSnapshot()
    expect(loaded?.head).toEqual(head)
    expect(await rowsOf(loaded)).toEqual(rows(count))
  })

  it('keeps a row that is larger than a part', async () => {
    const { log, head } = await filled([1])
    const large = Array.from({ length: 600_000 }, (_, index) => String.fromCharCode(33 + ((index * index) % 90))).join(
      '',
    )
    const many = [['a', large], ['b'], ['c', large + large + large + large]]
    await log.saveSnapshot(head, many)
    expect(await rowsOf(await log.loadSnapshot())).toEqual(many)
  })

  it('takes undefined for null', async () => {
    const { log, head } = await filled([1])
    await log.saveSnapshot(head, [[undefined, 1]])
    expect(await rowsOf(await log.loadSnapshot())).toEqual([[null, 1]])
  })

  it('is passed over where the log does not continue it, for the next older one', async () => {
    const { log, heads } = await filled([1, 1, 1])
    await log.saveSnapshot(heads[1]!, [['good']])
    await log.saveSnapshot({ revision: 2, hash: heads[3]!.hash }, [['forked']])
    await log.saveSnapshot({ revision: 9, hash: heads[3]!.hash }, [['beyond the log']])
    const loaded = await log.loadSnapshot()
    expect(loaded?.head).toEqual(heads[1])
    expect(await rowsOf(loaded)).toEqual([['good']])
  })

  it('is passed over where it is none of ours', async () => {
    const { journal, log, heads } = await filled([1, 1])
    await log.saveSnapshot(heads[1]!, [['good']])
    await journal.saveSnapshot({ log: 'acme', revision: 2, parts: [Buffer.from('rubbish')] })
    expect(await rowsOf(await log.loadSnapshot())).toEqual([['good']])
  })

  it('is not found after the revision asked for', async () => {
    const { log, heads } = await filled([1, 1])
    await log.saveSnapshot(heads[2]!, [['late']])
    expect(await log.loadSnapshot(1)).toBeUndefined()
  })

  it('is refused and named when any byte is flipped, parts are swapped or it is cut', async () => {
    const { journal, log, head } = await filled([1])
    await log.saveSnapshot(head, rows(600))
    const kept: Buffer[] = []
    for await (const part of (await journal.loadSnapshot('acme'))!.parts) kept.push(Buffer.from(part))
    const whole = Buffer.concat(kept)
    const load = async (bytes: Uint8Array): Promise<unknown> => {
      await journal.saveSnapshot({ log: 'acme', revision: head.revision, parts: [bytes] })
      const code = await codeOf(
        log
          .loadSnapshot()
          .then((found) => (found === undefined ? Promise.reject(new Error('passed over')) : rowsOf(found))),
      )
      return code instanceof Error ? code.message : code
    }
    expect(await load(whole)).toBeUndefined()
    for (let at = 0; at < whole.length; at += 7) {
      const altered = Buffer.from(whole)
      altered[at]! ^= 0x10
      expect(['journal_corrupt', 'passed over'], `byte ${at}`).toContain(await load(altered))
    }
    for (const length of [whole.length - 1, whole.length >> 1, 200])
      expect(['journal_corrupt', 'passed over']).toContain(await load(whole.subarray(0, length)))
  })

  it('opens its chunks only in the order in which they were sealed, each once, and only with its own first frame', async () => {
    const { ring } = await openForTest()
    const acme = await ring('acme')
    const { front, seal } = snapshotSealer(acme, { revision: 1, hash: emptyHead.hash })
    const [first, second, last] = [seal([[1]], false), seal([[2]], false), seal([[3]], true)] as const
    const openAll = async (...chunks: readonly Uint8Array[]) => chunks.map(snapshotOpener(acme, front))
    expect((await openAll(first, second, last)).map(({ rows }) => Buffer.from(rows).toString())).toEqual([
      '[[1]]',
      '[[2]]',
      '[[3]]',
    ])
    for (const wrong of [[second], [first, first], [first, last], [last]])
      expect(await codeOf(openAll(...wrong))).toBe('journal_corrupt')
    const other = snapshotSealer(acme, { revision: 1, hash: emptyHead.hash })
    expect(await codeOf((async () => snapshotOpener(acme, other.front)(first))())).toBe('journal_corrupt')
  })

  it('is passed over at another revision', async () => {
    const { journal, log, head, log: acme } = await filled([1])
    await acme.saveSnapshot(head, [['x']])
    const parts: Uint8Array[] = []
    for await (const part of (await journal.loadSnapshot('acme'))!.parts) parts.push(part)
    await journal.saveSnapshot({ log: 'acme', revision: 2, parts })
    expect((await log.loadSnapshot())?.head.revision).toBe(1)
  })
})

describe('verify', () => {
  it('walks a whole log with and without the key to the same head', async () => {
    const { journal, head, ring } = await filled([1, 3, 2])
    expect(await verifyLog(journal, 'acme', await ring('acme'))).toEqual({ ok: true, head, batches: 3, opened: true })
    expect(await verifyLog(journal, 'acme')).toEqual({ ok: true, head, batches: 3, opened: false })
  })

  it('still verifies the chain after the key is destroyed, and nothing can be opened', async () => {
    const { journal, head, rings } = await filled([1, 3])
    await rings.destroy('acme')
    expect(await rings.load('acme')).toBe('destroyed')
    expect(await verifyLog(journal, 'acme')).toEqual({ ok: true, head, batches: 2, opened: false })
    expect(await codeOf(rings.create('acme'))).toBe('log_erased')
    expect(await codeOf(rings.rotate('acme'))).toBe('log_erased')
  })

  const altered = (journal: Journal, alter: (payload: Buffer) => void, first: number): Journal => ({
    ...journal,
    read: async (log, after, limit) => {
      const page = await journal.read(log, after, limit)
      if (page === 'erased') return page
      return page.map((batch) => {
        if (batch.first !== first) return batch
        const payload = Buffer.from(batch.payload)
        alter(payload)
        return { ...batch, payload }
      })
    },
  })

  it('names the first revision of a batch with a flipped byte', async () => {
    const { journal, ring } = await filled([1, 3, 2])
    const flipped = altered(
      journal,
      (payload) => payload.writeUInt8(payload.readUInt8(payload.length - 20) ^ 1, payload.length - 20),
      2,
    )
    expect(await verifyLog(flipped, 'acme', await ring('acme'))).toMatchObject({
      ok: false,
      revision: 2,
      reason: 'a byte of it was changed since it was sealed',
    })
    expect(await verifyLog(flipped, 'acme')).toMatchObject({
      ok: false,
      revision: 5,
      reason:
        'it does not continue the batch before it: one of the two was changed or replaced; without the key it cannot be told which',
    })
  })

  it('names the row that the store itself cannot read, however many are read at once', async () => {
    const { journal, ring } = await filled([1, 3, 2])
    const unreadable: Journal = {
      ...journal,
      read: async (log, after, limit) => {
        const page = await journal.read(log, after, limit)
        if (page !== 'erased' && page.some(({ first }) => first === 5)) throw corrupt('file', 0, 'malformed')
        return page
      },
    }
    expect(await verifyLog(unreadable, 'acme', await ring('acme'))).toMatchObject({
      ok: false,
      revision: 5,
      reason: 'malformed',
    })
    const away: Journal = { ...journal, read: () => Promise.reject(unavailable()) }
    expect(await codeOf(verifyLog(away, 'acme'))).toBe('unavailable')
  })

  it('names a gap', async () => {
    const { journal } = await filled([1, 3, 2])
    const gapped: Journal = {
      ...journal,
      read: async (log, after, limit) => {
        const page = await journal.read(log, after, limit)
        return page === 'erased' ? page : page.filter(({ first }) => first !== 2)
      },
    }
    expect(await verifyLog(gapped, 'acme')).toMatchObject({ ok: false, revision: 2, reason: 'no batch begins there' })
  })

  it('verifies a trimmed log from its checkpoint', async () => {
    const { journal, heads, head, ring, signing } = await filled([2, 1, 1])
    await journal.trim('acme', 4, signCheckpoint(signing, { log: 'acme', ...heads[2]!, until: 1, trimmed: 3, time: 2 }))
    expect(await verifyLog(journal, 'acme', await ring('acme'))).toMatchObject({
      ok: true,
      head,
      batches: 1,
      opened: true,
      begins: { revision: 3 },
    })
  })
})
