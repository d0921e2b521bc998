import { describe, expect, it } from 'vitest'
import { checkFormat, formats } from './format.ts'
import { checkPattern, parsePattern } from './pattern.ts'

const refusal = (source: string): string => {
  const parsed = parsePattern(source)
  return parsed.ok ? 'accepted' : parsed.rule
}

describe('a pattern', () => {
  it('is found anywhere in the text unless it is anchored', () => {
    expect(checkPattern('b', 'abc')).toBeUndefined()
    expect(checkPattern('^b', 'abc')).toBe('must match its pattern')
  })

  it('reads escapes and classes as JavaScript does', () => {
    for (const [source, text] of [
      ['^\\u{1F600}$', '😀'],
      ['^.$', '😀'],
      ['^\\p{L}+$', 'éß'],
      ['^[\\w-]+\\/$', 'a-b/'],
      ['^(?<year>\\d{4})$', '2020'],
      ['^[\\u0041-\\u005a]$', 'B'],
    ] as const) {
      expect([source, checkPattern(source, text)]).toEqual([source, undefined])
    }
  })

  it.each(['(?=a)', '(?!a)', '(?<=a)b', '(?<!a)b', 'x[)](?=a)'])(
    'is refused by name when it looks around: %s',
    (source) => expect(refusal(source)).toContain('lookahead or lookbehind'),
  )

  it.each(['(a)\\1', '(?<x>a)\\k<x>', '\\\\(a)\\1'])('is refused by name when it refers back: %s', (source) =>
    expect(refusal(source)).toContain('backreferences'),
  )

  it.each(['[(?=]', '\\(\\?=a', '\\\\1', '\\(?=a', '[(?<!x)]'])(
    'may hold the same characters as plain text: %s',
    (source) => expect(refusal(source)).toBe('accepted'),
  )

  it('is refused when either engine cannot read it, and when it is longer than 1,000 characters', () => {
    expect(refusal('(')).toContain('JavaScript')
    expect(refusal('(?i)a')).toContain('JavaScript')
    expect(refusal('\\p{Script=Greek}')).toContain('RE2')
    expect(refusal('a'.repeat(1001))).toContain('1000')
  })

  it('is refused when its repetitions multiply, though it is short', () => {
    expect(refusal('.{1000}'.repeat(140))).toContain('lower the counts')
    expect(refusal('((a{100}){100}){100}')).not.toBe('accepted')
    expect(refusal('^.{1,1000}$')).toBe('accepted')
  })

  it.each(['(a+)+$', '(.*a){12}$', '(a|a)*c$', '(a|b)*a(a|b){20}[cd]$', 'a.{900}[cd]$'])(
    'that is catastrophic elsewhere stays linear here: %s',
    (source) => {
      const parsed = parsePattern(source)
      expect(parsed.ok).toBe(true)
      if (!parsed.ok) return
      expect(parsed.pattern.size * parsed.pattern.longest).toBeLessThanOrEqual(4_000_000)
      expect(checkPattern(source, `${'ab'.repeat(parsed.pattern.longest / 2 - 1)}x`)).toBe('must match its pattern')
    },
  )

  it('is not tested on more text than it can afford, and says so', () => {
    expect(checkPattern('a', 'a'.repeat(65_536))).toBeUndefined()
    expect(checkPattern('a', 'a'.repeat(65_537))).toBe(
      'must not be longer than 65536 characters, as far as its pattern is tested',
    )
    expect(checkPattern('a.{900}b', 'a'.repeat(10_000))).toContain('must not be longer than')
  })

  it('gives the same answer however many patterns came between', () => {
    for (let index = 0; index < 1200; index += 1)
      expect(checkPattern(`^k${index % 600}$`, `k${index % 600}`)).toBeUndefined()
  })
})

describe('a format', () => {
  const table: Readonly<Record<string, readonly [good: readonly string[], bad: readonly string[]]>> = {
    email: [
      ['a@example.org', 'a.b+c@localhost'],
      ['a', '@b', 'a@', 'a..b@c.d', 'a@-b.c', `${'a'.repeat(65)}@b.c`],
    ],
    uri: [
      [
        'http://discovery-server:8761/eureka/',
        'urn:isbn:1',
        'jdbc:mysql://localhost:3306/x?a=b&c=d',
        'http://[::1]:80/',
        'a:#f',
      ],
      ['/path', 'http://a b', 'http://[::1', 'a:%zz', '1a:b', 'http://a/['],
    ],
    hostname: [
      ['localhost', 'a-b.example', 'x'.repeat(63)],
      ['', '-a', 'a..b', 'a_b', 'x'.repeat(64), `${'abcdefg.'.repeat(32)}x`],
    ],
    ipv4: [
      ['127.0.0.1', '255.255.255.255'],
      ['256.0.0.1', '1.2.3', '01.2.3.4', '1.2.3.4.5', '٠.0.0.0'],
    ],
    ipv6: [
      ['::', '::1', '1:2:3:4:5:6:7:8', '1::8', '::ffff:127.0.0.1', '1:2:3:4:5:6:7::'],
      [
        ':',
        ':::',
        '1::2::3',
        '12345::',
        '1:2:3:4:5:6:7:8:9',
        '1:2:3:4:5:6:7:8::',
        '::1.2.3',
        'fe80::1%eth0',
        ':1:2:3:4:5:6:7',
      ],
    ],
    uuid: [
      ['2eb8aa08-aa98-11ea-b4aa-73b441d16380'],
      ['2eb8aa08aa9811eab4aa73b441d16380', '{2eb8aa08-aa98-11ea-b4aa-73b441d16380}'],
    ],
    date: [
      ['2020-02-29', '2000-02-29'],
      ['2021-02-29', '1900-02-29', '2020-13-01', '2020-00-10', '20-1-1', '2020-04-31'],
    ],
    'date-time': [
      ['2020-01-01T00:00:00Z', '1990-12-31T23:59:60Z', '2020-01-01t00:00:00.5+02:00'],
      ['2020-01-01', '2020-01-01 00:00:00Z', '2020-01-01T24:00:00Z', '2020-01-01T00:00:60Z'],
    ],
    time: [
      ['23:59:59Z', '00:00:00+01:30'],
      ['24:00:00Z', '00:00:00', '00:60:00Z', '22:59:60Z'],
    ],
    duration: [
      ['P1D', 'PT1H30M', 'P4W', 'P1Y2M3DT4H5M6S'],
      ['P', 'PT', 'P1', '1D', 'P1YT', 'P1W2D', 'PT1D'],
    ],
  }

  it('is known with the good and the bad for each', () =>
    expect(Object.keys(table).toSorted()).toEqual([...formats].toSorted()))

  it.each(Object.entries(table))('%s takes what is right and refuses what is not', (format, [good, bad]) => {
    expect(good.filter((text) => checkFormat(format, text) !== undefined)).toEqual([])
    expect(bad.filter((text) => checkFormat(format, text) === undefined)).toEqual([])
  })

  it.each(Object.keys(table))('%s answers on long hostile text', (format) => {
    for (const part of ['a', '1', '.', ':', 'a.', 'a-', '1:', '::', '%41', '@', 'P1D', 'T', '/', '[', '?#', '-']) {
      checkFormat(format, `${part.repeat(60_000 / part.length)}!`)
      checkFormat(format, `a:${part.repeat(60_000 / part.length)}\u0000`)
    }
    expect(checkFormat(format, 'a'.repeat(100_000))).toBe(`must be of format ${format}`)
  })
})
