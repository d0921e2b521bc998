// What the doctor says of a row or a record that does not open.
import { randomBytes } from 'node:crypto'
import type { Commit } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import { emptyHead, openBatch, sealBatch } from './batch.ts'
import { diagnoseBatch, diagnoseRecord } from './diagnose.ts'
import type { KeyRing } from './face.ts'
import { sealRecord } from './records.ts'

const ringFor = (log: string): KeyRing => ({ log, keys: [{ version: 1, createdAt: 0, key: randomBytes(32) }] })
const [acme, other] = [ringFor('acme'), ringFor('other')]
const commit = (revision: number): Commit => ({
  id: `c${revision}`,
  revision,
  time: 0,
  actor: 'system',
  origin: { type: 'test' },
  platform: 0,
  changes: [],
})
const sealTwo = async (ring = acme) => {
  const first = await sealBatch(ring, emptyHead, [commit(1)])
  const { head } = openBatch(ring, first, undefined)
  const second = await sealBatch(ring, head, [commit(2)])
  return { first: { ...first, checkpoint: false }, second: { ...second, checkpoint: false }, head }
}
const flip = (payload: Uint8Array, at: number): Uint8Array => {
  const flipped = Uint8Array.from(payload)
  const index = at < 0 ? payload.length + at : at
  flipped[index] = (flipped[index] ?? 0) ^ 1
  return flipped
}

describe('a row that does not open', () => {
  it('has a changed byte, wherever that is, unless it is in what tells the key or the format', async () => {
    const { second, head } = await sealTwo()
    const said = new Map<string, number>()
    for (let at = 0; at < second.payload.length; at++) {
      const why = diagnoseBatch(acme, { ...second, payload: flip(second.payload, at) }, head.hash) ?? 'nothing'
      expect([at, why]).toEqual([at, expect.stringContaining('changed')])
      said.set(why, (said.get(why) ?? 0) + 1)
    }
    expect([...said.keys()].filter((why) => !/^(a byte of it was changed|its |it is no sealed)/.test(why))).toEqual([])
    expect(diagnoseBatch(acme, { ...second, payload: flip(second.payload, -1) }, head.hash)).toBe(
      'a byte of it was changed since it was sealed',
    )
    // In the revision of its front: it is no batch of another place for that.
    expect(diagnoseBatch(acme, { ...second, payload: flip(second.payload, 20) }, head.hash)).toBe(
      'a byte of it was changed, in its front or behind it: it has the key of this log',
    )
  })

  it('was moved here where it is whole and says that it is of another revision', async () => {
    const { second } = await sealTwo()
    expect(diagnoseBatch(acme, { ...second, first: 1, last: 1 }, emptyHead.hash)).toBe(
      'it is the batch of revisions 2 to 2 of this log, as that was sealed: it was moved here',
    )
  })

  it('may be of another log, whose name it has, which cannot be told without the key of that one', async () => {
    const { first } = await sealTwo(other)
    expect(diagnoseBatch(acme, { ...first, log: 'acme' }, emptyHead.hash)).toMatch(
      /^its front says that it is of another log, other: it was moved here, or .* cannot be told without that log's key$/,
    )
  })

  it('replaced another, or stands where some are gone, where it is whole and continues what is not there', async () => {
    const [one, two] = [await sealTwo(), await sealTwo()]
    expect(diagnoseBatch(acme, one.second, two.head.hash)).toMatch(/^it is whole, and continues another batch/)
  })

  it('cannot be told from one under another key where only its mark says so', async () => {
    const { first } = await sealTwo()
    const wrong: KeyRing = { log: 'acme', keys: other.keys }
    expect(diagnoseBatch(wrong, first, emptyHead.hash)).toBe(
      'its first bytes were changed, or it was sealed under another key; which of the two cannot be told',
    )
  })
})

describe('a record that does not open', () => {
  const key = randomBytes(32)
  const record = (id: string, version = `v-${id}`) => ({
    collection: 'tenants',
    id,
    version,
    value: sealRecord(key, { collection: 'tenants', id }, version, { name: id }),
  })
  const [acme, globex] = [record('acme'), record('globex')]

  it('is known for what another held, with that one’s version or its own', () => {
    for (const version of [acme.version, globex.version])
      expect(diagnoseRecord(key, { ...acme, version, value: globex.value }, [acme, globex])).toBe(
        'it is what record globex held: it was moved here',
      )
  })

  it('was changed, or put back, where it is nobody’s', () => {
    expect(diagnoseRecord(key, { ...acme, value: flip(acme.value, -1) }, [acme, globex])).toMatch(
      /^a byte of it was changed, or .* which of them cannot be told$/,
    )
  })

  it('may be of another installation where the mark of the key differs', () => {
    const why = diagnoseRecord(randomBytes(32), acme, [acme])
    expect(why).toMatch(/changed, or it was sealed under the key of another installation; which of the two/)
    expect(diagnoseRecord(key, { ...acme, value: flip(acme.value, 10) })).toBe(why)
    expect(diagnoseRecord(key, { ...acme, value: flip(acme.value, 0) })).toMatch(/^its first bytes were changed/)
  })
})
