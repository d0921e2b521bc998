// What somebody can do who has the database and no key: each edit, reorder and cut of a log, and each forged checkpoint, is found and named.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf } from '../contract/batches.ts'
import type { Journal, StoredBatch } from '../journal.ts'
import { chain, emptyHead } from './batch.ts'
import { readCheckpoint, signCheckpoint } from './checkpoint.ts'
import type { KeyRing, LogHead, SealedLanding } from './face.ts'
import { readHead, signHead } from './head.ts'
import { readHeader } from './header.ts'
import { readPublicKey, signingOf } from './signing.ts'
import { commits, openForTest, type Opened } from './testing/opened.ts'
import { trimLog } from './trim.ts'
import { type Proof, verifyLog } from './verify.ts'

const day = 24 * 3600 * 1000
let world: Opened
let ring: KeyRing
beforeEach(async () => {
  world = await openForTest()
  ring = await world.ring('acme')
})
afterEach(() => world.journal.close())

const headOf = (landing: SealedLanding): LogHead => {
  if (landing.landing !== 'landed') throw new Error(landing.landing)
  return landing.head
}

/** A batch a day, of the sizes given; answers the head behind each. */
const filled = async (sizes: readonly number[], id = 'acme'): Promise<readonly LogHead[]> => {
  const log = await world.log(id)
  const heads: LogHead[] = [emptyHead]
  for (const [index, size] of sizes.entries()) {
    const head = heads.at(-1) ?? emptyHead
    const made = commits(head.revision + 1, size).map((commit) => ({ ...commit, time: (index + 1) * day }))
    heads.push(headOf(await log.append(head, made)))
  }
  return heads
}

const rows = async (id = 'acme'): Promise<readonly StoredBatch[]> => {
  const read = await world.journal.read(id, 0, 100)
  if (read === 'erased') throw new Error('erased')
  return read
}

/** A journal that holds what somebody left of it. */
const holding = (left: readonly StoredBatch[]): Journal => ({
  ...world.journal,
  read: async (log, after, limit) =>
    left
      .filter((row) => row.last > after)
      .map((row) => ({ ...row, log }))
      .slice(0, limit),
})
const verdict = (left: readonly StoredBatch[], proof: Proof = {}, keys: KeyRing | undefined = ring) =>
  verifyLog(holding(left), 'acme', keys, proof)

const trimmedBefore = (time: number, journal = world.journal) =>
  trimLog(journal, 'acme', { ring, signing: world.signing, before: time, now: 100 * day })

const flipped = (row: StoredBatch, at: number, bit = 0): StoredBatch => {
  const payload = Uint8Array.from(row.payload)
  payload[at] = (payload[at] ?? 0) ^ (1 << bit)
  return { ...row, payload }
}
const without = <T>(all: readonly T[], index: number): readonly T[] => all.filter((_, at) => at !== index)

describe('a log in foreign hands', () => {
  it('shows every flipped bit, and names the row', async () => {
    await filled([1, 2])
    await trimmedBefore(2 * day)
    await filled([1, 2, 1], 'other')
    const whole = await rows()
    for (const [index, row] of whole.entries())
      for (let at = 0; at < row.payload.length; at++)
        expect(
          await verdict(whole.map((each, place) => (place === index ? flipped(each, at, at % 8) : each))),
        ).toMatchObject({ ok: false, revision: row.first })
  })

  it('shows every byte of a checkpoint that was changed, and names it', async () => {
    await filled([1, 2, 1])
    await trimmedBefore(3 * day)
    const [checkpoint, rest] = await rows()
    if (checkpoint === undefined || rest === undefined) throw new Error('not trimmed')
    for (let at = 0; at < checkpoint.payload.length; at++)
      for (const bit of [0, 5])
        expect(await verdict([flipped(checkpoint, at, bit), rest])).toMatchObject({ ok: false, revision: 1 })
  })

  it('shows rows that were dropped, swapped, doubled or brought from another log', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        async (sizes, one, other) => {
          world = await openForTest()
          ring = await world.ring('acme')
          const heads = await filled(sizes)
          await filled(sizes, 'other')
          const whole = await rows()
          const [i, j] = [one % (whole.length - 1), other % whole.length]
          const row = whole[i] as StoredBatch
          expect(await verdict(without(whole, i))).toMatchObject({ ok: false, revision: row.first })
          const [low, high] = [Math.min(i, j), Math.max(i, j)]
          const swapped = whole.map((each, at) => ({
            ...each,
            payload: (at === low ? whole[high] : at === high ? whole[low] : each)?.payload ?? each.payload,
          }))
          const named = (whole[low] as StoredBatch).first
          expect(await verdict(swapped)).toMatchObject(low === high ? { ok: true } : { ok: false, revision: named })
          const foreign = (await rows('other')).map((each) => ({ ...each, log: 'acme' }))
          expect(await verdict(whole.map((each, at) => (at === i ? (foreign[i] ?? each) : each)))).toMatchObject({
            ok: false,
            revision: row.first,
          })
          // The end cut off is found by any head that was kept from behind the cut, and names what is missing first.
          const kept = heads[i + 1] as LogHead
          expect(await verdict(whole.slice(0, i), { heads: [kept] })).toMatchObject({ ok: false, revision: row.first })
          expect(await verdict(whole, { heads: heads.slice(1) })).toMatchObject({ ok: true })
        },
      ),
      { numRuns: 25 },
    )
  })

  it('cannot be written anew by who lacks the key: another chain is not the one that was kept', async () => {
    const heads = await filled([1, 1])
    const [first, second] = await rows()
    // Without keys only the chain is looked at, and whoever makes it all anew makes that too.
    const forged = flipped(first as StoredBatch, (first?.payload.length ?? 1) - 1)
    const header = readHeader(second?.payload ?? new Uint8Array())
    const payload = Buffer.from(second?.payload ?? [])
    payload.set(chain(new Uint8Array(32), forged.payload), 29)
    expect(header?.header.previous).toEqual(Buffer.from(heads[1]?.hash ?? []))
    const left = [forged, { ...(second as StoredBatch), payload }]
    expect(await verifyLog(holding(left), 'acme')).toMatchObject({ ok: true })
    expect(await verdict(left)).toMatchObject({ ok: false, revision: 1 })
    expect(await verifyLog(holding(left), 'acme', undefined, { heads: [heads[2] as LogHead] })).toMatchObject({
      ok: false,
      revision: 2,
    })
  })
})

describe('a checkpoint in foreign hands', () => {
  const forge = (signing: Opened['signing'], log: string, { revision, hash }: LogHead): Uint8Array =>
    signCheckpoint(signing, { log, revision, hash, until: day, trimmed: revision, time: 5 * day })

  const standing = (payload: Uint8Array, last: number): StoredBatch => ({
    log: 'acme',
    first: 1,
    last,
    payload,
    checkpoint: true,
  })

  it('hides nothing where the installation did not sign it', async () => {
    const heads = await filled([1, 1, 1])
    const [, , third] = await rows()
    const stranger = signingOf({ key: new Uint8Array(32) })
    for (const payload of [
      forge(stranger, 'acme', heads[2] as LogHead),
      // Signed for another log of the installation.
      forge(world.signing, 'other', heads[2] as LogHead),
      Buffer.concat([Buffer.from('KFC1'), Buffer.alloc(7), Buffer.from([2]), (heads[2] as LogHead).hash]),
      Buffer.alloc(0),
    ])
      expect(await verdict([standing(payload, 2), third as StoredBatch])).toMatchObject({ ok: false, revision: 1 })
    // The id of the right key over a signature of another.
    const liar = { ...stranger, id: world.signing.id }
    expect(await verdict([standing(forge(liar, 'acme', heads[2] as LogHead), 2), third as StoredBatch])).toMatchObject({
      ok: false,
      revision: 1,
      reason: 'its checkpoint was not signed by this installation, or not for this log',
    })
    expect(
      await verdict([standing(forge(world.signing, 'acme', heads[2] as LogHead), 2), third as StoredBatch]),
    ).toMatchObject({ ok: true })
  })

  it('hides nothing where it is an older one of the same log', async () => {
    await filled([1, 1, 1, 1, 1])
    await trimmedBefore(3 * day)
    const [older] = await rows()
    await trimmedBefore(5 * day)
    const [, ...rest] = await rows()
    expect(await verdict([older as StoredBatch, ...rest])).toMatchObject({ ok: false, revision: 3 })
  })

  it('is not the end of a log: what it is followed by cannot be cut away behind it', async () => {
    await filled([1, 1, 1])
    await trimmedBefore(9 * day)
    expect(await verdict((await rows()).slice(0, 1))).toMatchObject({ ok: false, revision: 3 })
  })

  it('stands for heads from before it, and for none behind it', async () => {
    const heads = await filled([1, 1, 1, 1])
    await trimmedBefore(3 * day)
    expect(await verdict(await rows(), { heads: heads.slice(1) })).toMatchObject({ ok: true, begins: { revision: 2 } })
    const wrong = { revision: 2, hash: new Uint8Array(32) }
    expect(await verdict(await rows(), { heads: [wrong] })).toMatchObject({ ok: false, revision: 1 })
    expect(await verdict(await rows(), { heads: [{ revision: 5, hash: new Uint8Array(32) }] })).toMatchObject({
      ok: false,
      revision: 5,
    })
  })
})

describe('trimming', () => {
  it('takes what is old and no more, keeps the newest batch, and says until when', async () => {
    for (const [before, gone] of [
      [day, 0],
      [day + 1, 1],
      [2 * day + 1, 3],
      [3 * day, 3],
      [99 * day, 4],
    ] as const) {
      world = await openForTest()
      ring = await world.ring('acme')
      await filled([1, 2, 1, 1])
      expect((await trimmedBefore(before)).commits).toBe(gone)
      const found = await verifyLog(world.journal, 'acme', ring)
      expect(found).toMatchObject({ ok: true, head: { revision: 5 } })
      expect(found.ok ? (found.begins?.until ?? 0) : before).toBeLessThan(before)
      expect(found.ok ? (found.begins?.revision ?? 0) : -1).toBe(gone)
    }
  })

  it('goes on from the checkpoint before, and counts what each took', async () => {
    await filled([1, 2, 1, 1])
    expect(await trimmedBefore(2 * day)).toEqual({ commits: 1, oldest: 2 * day })
    expect(await trimmedBefore(2 * day)).toEqual({ commits: 0, oldest: 2 * day })
    expect(await trimmedBefore(4 * day)).toEqual({ commits: 3, oldest: 4 * day })
    const [checkpoint] = await rows()
    expect(readCheckpoint(checkpoint?.payload ?? new Uint8Array())).toMatchObject({
      revision: 4,
      trimmed: 3,
      until: 3 * day,
      time: 100 * day,
      key: world.signing.id,
    })
  })

  it('signs nothing over what does not verify', async () => {
    await filled([1, 1, 1])
    const whole = await rows()
    const [first, second, third] = whole as [StoredBatch, StoredBatch, StoredBatch]
    for (const left of [
      [flipped(first, first.payload.length - 1), second, third],
      [second, third],
      [first, third],
    ])
      expect(await codeOf(trimmedBefore(9 * day, holding(left)))).toBe('journal_corrupt')
    await trimmedBefore(2 * day)
    const [checkpoint, ...rest] = await rows()
    expect(await codeOf(trimmedBefore(9 * day, holding([flipped(checkpoint as StoredBatch, 60), ...rest])))).toBe(
      'journal_corrupt',
    )
  })

  it('is done once by many at once, and leaves what verifies', async () => {
    await filled(Array.from({ length: 12 }, () => 1))
    await Promise.all([3, 7, 7, 5, 10, 2].map((days) => trimmedBefore(days * day)))
    const found = await verifyLog(world.journal, 'acme', ring)
    expect(found).toMatchObject({ ok: true, head: { revision: 12 } })
    expect(found.ok ? (found.begins?.revision ?? 0) : 99).toBeLessThanOrEqual(9)
  })
})

describe('a head that is kept elsewhere', () => {
  it('is read back with the public key alone', async () => {
    const [, head] = await filled([3])
    const line = signHead(world.signing, 'acme', head as LogHead, 5 * day)
    const key = readPublicKey(world.signing.pem)
    if (key === undefined) throw new Error('no key')
    expect(key.id).toBe(world.signing.id)
    expect(readHead(`${line}\n`, key)).toEqual({
      ok: true,
      head: { log: 'acme', ...head, time: 5 * day, key: key.id },
    })
  })

  it('is not believed when a character of it was changed, or another signed it', async () => {
    const [, head] = await filled([3])
    const line = signHead(world.signing, 'acme', head as LogHead, 5 * day)
    for (let at = 0; at < line.length; at++) {
      const changed = `${line.slice(0, at)}${line[at] === '1' ? '2' : '1'}${line.slice(at + 1)}`
      expect(readHead(changed, world.signing).ok).toBe(false)
    }
    expect(readHead(line, signingOf({ key: new Uint8Array(32) })).ok).toBe(false)
  })

  it('takes no other text for a public key', () => {
    for (const text of ['', 'x', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'])
      expect(readPublicKey(text)).toBeUndefined()
  })
})
