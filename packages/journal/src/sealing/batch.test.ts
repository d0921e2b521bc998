import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Batch } from '../journal.ts'
import { codeOf } from '../contract/batches.ts'
import { emptyHead, openBatch, sealBatch } from './batch.ts'
import type { KeyRing, LogHead } from './face.ts'
import { commits, openForTest } from './testing/opened.ts'

const { ring } = await openForTest()
const acme = await ring('acme')
const other = await ring('other')

const reasonOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return (error as { readonly failure?: { readonly data?: { readonly reason?: unknown } } }).failure?.data?.reason
  }
  return undefined
}

const sealTwo = async (): Promise<readonly [Batch, LogHead, Batch]> => {
  const first = await sealBatch(acme, emptyHead, commits(1, 2))
  const { head } = openBatch(acme, first, emptyHead.hash)
  return [first, head, await sealBatch(acme, head, commits(3, 2))]
}

describe('a sealed batch', () => {
  it('opens in its place to exactly what was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000_000),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.array(fc.string({ unit: 'binary', maxLength: 3000 }), { minLength: 1, maxLength: 5 }),
        async (revision, hash, messages) => {
          const head = { revision, hash }
          const sealed = messages.flatMap((message, index) => commits(revision + 1 + index, 1, message))
          const batch = await sealBatch(acme, head, sealed)
          const opened = openBatch(acme, batch, hash)
          expect(opened.commits).toEqual(JSON.parse(JSON.stringify(sealed)))
          expect(opened.head.revision).toBe(revision + messages.length)
        },
      ),
    )
  })

  it('shows nothing of what it holds', async () => {
    const batch = await sealBatch(acme, emptyHead, commits(1, 1, 'a telling word'))
    expect(Buffer.from(batch.payload).includes('telling')).toBe(false)
  })

  it('never has the same bytes twice', async () => {
    const [one] = commits(1, 1)
    const [a, b] = [await sealBatch(acme, emptyHead, [one!]), await sealBatch(acme, emptyHead, [one!])]
    expect(Buffer.compare(a.payload, b.payload)).not.toBe(0)
  })

  it('is smaller than its plaintext where that repeats itself', async () => {
    const batch = await sealBatch(acme, emptyHead, commits(1, 1, 'again and '.repeat(100_000)))
    expect(batch.payload.byteLength).toBeLessThan(10_000)
    expect(openBatch(acme, batch, emptyHead.hash).commits[0]?.message).toHaveLength(1_000_000)
  })

  it('is refused and named when any single bit of it is flipped', async () => {
    const batch = await sealBatch(acme, emptyHead, commits(1, 1))
    for (let at = 0; at < batch.payload.byteLength; at += 1) {
      const payload = Uint8Array.from(batch.payload)
      payload[at]! ^= 1 << (at % 8)
      expect(
        reasonOf(() => openBatch(acme, { ...batch, payload }, emptyHead.hash)),
        `byte ${at}`,
      ).toBeTypeOf('string')
    }
  })

  it('is refused when it is cut at any length', async () => {
    const batch = await sealBatch(acme, emptyHead, commits(1, 1))
    for (let length = 0; length < batch.payload.byteLength; length += 1)
      expect(
        reasonOf(() => openBatch(acme, { ...batch, payload: batch.payload.subarray(0, length) }, emptyHead.hash)),
      ).toBeTypeOf('string')
  })

  it('is refused in another log, at another revision, and with another end', async () => {
    const [first, head, second] = await sealTwo()
    const elsewhere = 'it was sealed for another place, or its front was changed'
    expect(reasonOf(() => openBatch(other, { ...first, log: 'other' }, emptyHead.hash))).toBe(elsewhere)
    expect(reasonOf(() => openBatch(acme, { ...first, first: 3, last: 4 }, head.hash))).toBe(elsewhere)
    expect(reasonOf(() => openBatch(acme, { ...second, first: 1, last: 2 }, emptyHead.hash))).toBe(elsewhere)
    expect(reasonOf(() => openBatch(acme, { ...second, last: 5 }, head.hash))).toBe(elsewhere)
  })

  it('is refused behind any batch but the one it continued', async () => {
    const [, head, second] = await sealTwo()
    const [, forked] = await sealTwo()
    expect(openBatch(acme, second, head.hash).commits).toHaveLength(2)
    expect(reasonOf(() => openBatch(acme, second, forked.hash))).toBe('it does not continue the batch before it')
    expect(reasonOf(() => openBatch(acme, second, emptyHead.hash))).toBe('it does not continue the batch before it')
  })

  it('is refused by the commitment under another key of the same version, before anything is decrypted', async () => {
    const [first] = await sealTwo()
    const wrong: KeyRing = { log: 'acme', keys: other.keys }
    expect(reasonOf(() => openBatch(wrong, first, emptyHead.hash))).toBe(
      'it was sealed under another key, or its first bytes were changed',
    )
  })

  it('is refused where its key version is not in the ring', async () => {
    const later: KeyRing = { log: 'acme', keys: [{ ...acme.keys[0], version: 9 }] }
    const batch = await sealBatch(later, emptyHead, commits(1, 1))
    expect(reasonOf(() => openBatch(acme, batch, emptyHead.hash))).toBe('its key version 9 is not in the key ring')
  })

  it('names the log and the first revision', async () => {
    const [, head, second] = await sealTwo()
    const work = async () => openBatch(acme, { ...second, payload: second.payload.subarray(1) }, head.hash)
    expect(await codeOf(work())).toBe('journal_corrupt')
    await expect(work()).rejects.toMatchObject({ failure: { data: { log: 'acme', revision: 3 } } })
  })
})
