import { describe, expect, it } from 'vitest'
import { normalEmail } from './email.ts'

describe('an email address', () => {
  it('is one person in every case, width and Unicode form', () => {
    for (const variant of [
      'Ann@Example.com',
      ' ann@example.com ',
      'ANN@EXAMPLE.COM',
      'ａｎｎ@example.com',
      'ann@ｅxample.com',
      '𝐀nn@example.com',
    ])
      expect(normalEmail(variant)).toBe('ann@example.com')
    expect(normalEmail('jose\u0301@example.com')).toBe(normalEmail('josé@example.com'))
    expect(normalEmail('a@bücher.example')).toBe(normalEmail('a@BÜCHER.example'))
    expect(normalEmail('a@bücher.example')).toBe('a@xn--bcher-kva.example')
  })

  it('is the same when it is normalised again', () => {
    for (const text of ['ΣΑΣ@example.com', 'İ@example.com', 'ſ@example.com', 'K@example.com'])
      expect(normalEmail(normalEmail(text))).toBe(normalEmail(text))
  })

  it('is refused where it is none, without repeating what was sent', () => {
    for (const text of [
      '',
      'ann',
      '@example.com',
      'ann@',
      'a b@example.com',
      'a@b@c.example',
      'a\u0000@example.com',
      'a\u200b@example.com',
      'a@exa mple.com',
      'a@..',
      `${'a'.repeat(65)}@example.com`,
    ])
      expect(() => normalEmail(text)).toThrow('/email must be an email address.')
  })
})
