import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkedText, withChecksum } from './checksum.ts'

describe('a checksum line', () => {
  it('is the CRC-32 of the bytes behind it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const kept = withChecksum(text)
        expect(kept).toBe(`konfig crc32 ${crc32(text).toString(16).padStart(8, '0')}\n${text}`)
        expect(checkedText(kept)).toBe(text)
      }),
    )
  })

  it('is belied by any one character that was changed, in it or behind it', () => {
    const kept = withChecksum('{"values":{"billing":{"retries":3}}}')
    for (let at = 0; at < kept.length; at++) {
      const other = kept[at] === '7' ? '8' : '7'
      expect(checkedText(kept.slice(0, at) + other + kept.slice(at + 1))).toBeUndefined()
    }
  })

  it('is asked for: a text without one is not believed', () => {
    expect(checkedText('{"values":{}}')).toBeUndefined()
    expect(checkedText('')).toBeUndefined()
  })
})
