import { describe, expect, it } from 'vitest'
import { readNamed } from './named.ts'

describe('a list of journals', () => {
  it('is read by commas, spaces and lines, and a comma inside a place is none between two', () => {
    expect([...(readNamed('eu=postgres://a:b@h/d?x=1,us=mysql://h/d\n ap=mongodb://h1:1,h2:2/d') ?? [])]).toEqual([
      ['eu', 'postgres://a:b@h/d?x=1'],
      ['us', 'mysql://h/d'],
      ['ap', 'mongodb://h1:1,h2:2/d'],
    ])
    expect(readNamed(undefined)?.size).toBe(0)
    expect(readNamed('eu=sqlite:/var/lib/konfig/eu.db,')?.get('eu')).toBe('sqlite:/var/lib/konfig/eu.db')
  })

  it.each(['postgres://h/d', 'eu', 'eu=', 'EU=postgres://h/d', 'main=postgres://h/d', 'eu=sqlite:/a,eu=sqlite:/b'])(
    'is refused whole where it cannot be meant: %s',
    (text) => {
      expect(readNamed(text)).toBeUndefined()
    },
  )
})
