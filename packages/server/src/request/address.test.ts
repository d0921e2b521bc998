import { describe, expect, it } from 'vitest'
import { addressReader, trustedProxies } from './address.ts'

describe('the address of a request', () => {
  it("is the socket's, whatever X-Forwarded-For says, where no proxy is trusted", () => {
    expect(addressReader(undefined)('::ffff:10.0.0.1', '1.2.3.4')).toBe('10.0.0.1')
  })

  it('is the nearest one that no trusted proxy vouches for', () => {
    const read = addressReader(trustedProxies(['10.0.0.0/8', '::1']))
    expect(read('10.0.0.1', '6.6.6.6, 1.2.3.4, 10.9.9.9')).toBe('1.2.3.4')
    expect(read('::1', '2001:db8::1')).toBe('2001:db8::1')
    expect(read('9.9.9.9', '1.2.3.4')).toBe('9.9.9.9')
    expect(read('10.0.0.1', 'rubbish')).toBe('10.0.0.1')
    expect(read('10.0.0.1', '10.0.0.2')).toBe('10.0.0.2')
  })

  it('needs ranges that are ranges', () => {
    for (const wrong of ['proxy', '10.0.0.0/33', '::/129', '10.0.0.0/x', ''])
      expect(() => trustedProxies([wrong])).toThrow('neither')
  })
})
