import { describe, expect, it } from 'vitest'
import { claimedKeyId, makeKey, readKey } from './key-text.ts'

const ports = { randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) }

describe('the text of an API key', () => {
  it('is read back as it was made, and names its own id', () => {
    for (let round = 0; round < 50; round++) {
      const made = makeKey(ports)
      expect(readKey(made.raw)).toEqual(made)
      expect(claimedKeyId(made.raw)).toBe(made.keyId)
    }
  })

  it('is short enough for bcrypt to read all of it', () => {
    const least = makeKey({ randomBytes: (count) => new Uint8Array(count) })
    const most = makeKey({ randomBytes: (count) => new Uint8Array(count).fill(255) })
    expect([least.raw.length, most.raw.length]).toEqual([70, 70])
    expect(most.raw).not.toBe(least.raw)
  })

  it('is refused by its checksum when any character is mistyped, before anything is hashed', () => {
    const { raw } = makeKey(ports)
    for (let at = 0; at < raw.length; at++) {
      const other = raw[at] === 'a' ? 'b' : 'a'
      expect(readKey(raw.slice(0, at) + other + raw.slice(at + 1))).toBeUndefined()
    }
  })

  it('is nothing else: not empty, longer, shorter, or of another case', () => {
    const { raw } = makeKey(ports)
    for (const text of ['', 'kfg_', raw.slice(1), raw.slice(0, -1), `${raw}a`, `${raw}\n`, raw.toUpperCase()])
      expect(readKey(text)).toBeUndefined()
  })
})
