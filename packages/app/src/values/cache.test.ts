// The cache by itself: its bound, what goes first, and that nothing is left of what went.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Basis } from './basis.ts'
import { openAnswerCache } from './cache.ts'
import { ready } from './ready.ts'

const basis = (revision: number): Basis => ({
  groups: [{ log: 'tenant', group: 'one|tenant' }],
  touched: [revision],
  tenant: revision,
  platform: 1,
})
const answer = (text: string) => ready(Buffer.from(text))
const place = (namespace: string) => ({ log: 'log', environment: 'dev', namespace })

describe('ready-made answers', () => {
  it('never count more bytes than the bound, whatever is kept and used', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 5 }),
            fc.integer({ min: 0, max: 40 }),
            fc.integer({ min: 0, max: 600 }),
            fc.boolean(),
          ),
          { maxLength: 300 },
        ),
        (steps) => {
          const cache = openAnswerCache(20_000)
          for (const [namespace, key, length, use] of steps) {
            cache.keep(place(`n${namespace}`), 'key', `k${key}`, answer('x'.repeat(length)), basis(1))
            if (use)
              for (const entry of cache.shelf('log', 'dev', `n${namespace}`)?.keys.values() ?? []) entry.used = true
            expect(cache.bytes()).toBeLessThanOrEqual(20_000)
          }
          let counted = 0
          for (let at = 0; at <= 5; at++) counted += cache.shelf('log', 'dev', `n${at}`)?.keys.size ?? 0
          expect(cache.count()).toBe(counted)
        },
      ),
    )
  })

  it('spare what was used since its last turn', () => {
    const cache = openAnswerCache(10_000)
    cache.keep(place('n'), 'key', 'used', answer('x'), basis(1))
    for (let at = 0; at < 100; at++) {
      const entry = cache.shelf('log', 'dev', 'n')?.keys.get('used')
      if (entry !== undefined) entry.used = true
      cache.keep(place('n'), 'key', `k${at}`, answer('x'), basis(1))
    }
    const keys = cache.shelf('log', 'dev', 'n')?.keys
    expect(keys?.has('used')).toBe(true)
    expect(keys?.has('k0')).toBe(false)
    expect(keys?.has('k99')).toBe(true)
  })

  it('leave nothing behind once all of a namespace went', () => {
    const cache = openAnswerCache(10_000)
    cache.keep(place('first'), 'whole', '', answer('x'), basis(1))
    for (let at = 0; at < 100; at++) cache.keep(place('second'), 'key', `k${at}`, answer('x'), basis(1))
    expect(cache.shelf('log', 'dev', 'first')).toBeUndefined()
  })

  it('take the place of older ones in the same form, and of no other', () => {
    const cache = openAnswerCache()
    cache.keep(place('n'), 'whole', '', answer('old'), basis(1))
    cache.keep(place('n'), 'key', 'k', answer('key'), basis(1))
    const before = cache.bytes()
    cache.keep(place('n'), 'whole', '', answer('new'), basis(2))
    expect(cache.shelf('log', 'dev', 'n')?.whole?.body).toBe('new')
    expect(cache.shelf('log', 'dev', 'n')?.keys.get('k')?.body).toBe('key')
    expect([cache.bytes(), cache.count()]).toEqual([before, 2])
  })

  it('share what they rest on with their neighbours where it is the same', () => {
    const cache = openAnswerCache()
    cache.keep(place('n'), 'key', 'a', answer('a'), basis(1))
    cache.keep(place('n'), 'key', 'b', answer('b'), basis(1))
    cache.keep(place('n'), 'key', 'c', answer('c'), basis(2))
    const [a, b, c] = [...(cache.shelf('log', 'dev', 'n')?.keys.values() ?? [])].map((entry) => entry.basis)
    expect(a).toBe(b)
    expect(c).not.toBe(a)
  })

  it('are not kept where one alone would drive out many', () => {
    const cache = openAnswerCache(10_000)
    cache.keep(place('n'), 'whole', '', answer('x'.repeat(5000)), basis(1))
    expect(cache.count()).toBe(0)
  })
})

describe('the making of an answer', () => {
  it('is done once however many ask meanwhile, and again for those who ask later', async () => {
    const cache = openAnswerCache()
    let made = 0
    const make = async () => {
      made++
      await new Promise((resolve) => setImmediate(resolve))
      return answer('x')
    }
    const both = await Promise.all([cache.share('a', make), cache.share('a', make)])
    expect([made, both[0] === both[1]]).toEqual([1, true])
    await cache.share('a', make)
    expect(made).toBe(2)
  })

  it('that fails does not stand in the way of the next', async () => {
    const cache = openAnswerCache()
    await expect(cache.share('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect((await cache.share('a', async () => answer('x'))).body).toBe('x')
  })
})

describe('the form of an answer', () => {
  it('is a string of bytes up to 8 KB and a Buffer above', () => {
    expect(typeof answer('x'.repeat(8192)).body).toBe('string')
    expect(Buffer.isBuffer(answer('x'.repeat(8193)).body)).toBe(true)
  })

  it('has equal tags for equal bytes only', () => {
    expect(answer('a').etag).toBe(answer('a').etag)
    expect(answer('a').etag).not.toBe(answer('b').etag)
    expect(answer('a').etag).toMatch(/^"[\w-]{27}"$/)
  })
})
