import { describe, expect, it } from 'vitest'
import { onlyColours, plain, plainLines } from './plain.ts'

const hostile = '\u001b]0;title\u0007\u001b[2J\u009b2J\u202eabc\u0000'

describe('text of a server', () => {
  it('steers no terminal, on one line or on several', () => {
    for (const safe of [plain(hostile), plainLines(`${hostile}\n`), onlyColours(hostile)])
      expect(safe).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(plain('a\nb\tc')).toBe('a\\nb\\tc')
    expect(plainLines('a\nb\tc')).toBe('a\nb\tc')
  })

  it('keeps the colours that were put around it', () => {
    expect(onlyColours('\u001b[31mred\u001b[39m\n\u001b[1Ax')).toBe('\u001b[31mred\u001b[39m\n\\u001b[1Ax')
  })

  it('says the same in JSON after it was made harmless', () => {
    const value = { name: '\u009b2J\u202eabc\u007f' }
    expect(JSON.parse(onlyColours(JSON.stringify(value)))).toEqual(value)
  })
})
