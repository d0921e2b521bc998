import { afterAll, describe, expect, it } from 'vitest'
import { openHasher } from './hasher.ts'
import { refusalOf } from './testing/world.ts'

const hasher = openHasher()
afterAll(() => hasher.close())

describe('hashing keys', () => {
  it('tells the key from any other', async () => {
    const hash = await hasher.hash('a key', 4)
    expect(hash.startsWith('$2b$04$')).toBe(true)
    expect(await hasher.compare('a key', hash)).toBe(true)
    expect(await hasher.compare('another', hash)).toBe(false)
  })

  it('refuses what is longer than the 72 bytes that bcrypt reads, so that no tail is ignored', async () => {
    const hash = await hasher.hash('k'.repeat(72), 4)
    expect(await hasher.compare('k'.repeat(72), hash)).toBe(true)
    expect(await refusalOf(hasher.compare(`${'k'.repeat(72)}x`, hash))).toBe('too_large')
    expect(await refusalOf(hasher.hash('k'.repeat(73), 4))).toBe('too_large')
    expect(await refusalOf(hasher.hash('é'.repeat(37), 4))).toBe('too_large')
  })

  it('answers at most a thousand who wait, and tells the rest to come again', async () => {
    const hash = await hasher.hash('a key', 4)
    const outcomes = await Promise.all(Array.from({ length: 1001 }, () => refusalOf(hasher.compare('a key', hash))))
    expect(outcomes.filter((outcome) => outcome === 'overloaded')).toHaveLength(1)
  })

  it('answers a broken hash as no match, and goes on', async () => {
    expect(await hasher.compare('a key', 'not a hash')).toBe(false)
    expect(await hasher.compare('a key', await hasher.hash('a key', 4))).toBe(true)
  })
})
