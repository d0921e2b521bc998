import { describe, expect, it } from 'vitest'
import { faultOf } from './errors.ts'

const server = (code: string) => Object.assign(new Error('postgres'), { severity: 'ERROR', code })
const network = (code?: string) => Object.assign(new Error('Connection terminated'), code === undefined ? {} : { code })

describe('an error that the server itself told', () => {
  it.each([
    ['a lock that was not given up', '55P03'],
    ['a statement that took too long', '57014'],
    ['a server that still starts', '57P03'],
    ['no room on the disk', '53100'],
    ['no connection to spare', '53300'],
    ['a standby that takes no writes', '25006'],
    ['a password that is no longer right', '28P01'],
    ['a right that was taken away', '42501'],
  ])('stored nothing: %s', (_, code) => {
    expect([faultOf(server(code), false), faultOf(server(code), true)]).toEqual(['nothing', 'nothing'])
  })

  it.each([
    ['a deadlock', '40P01'],
    ['a failed serialization', '40001'],
    ['a connection that was ended', '57P01'],
  ])('may be run again at once: %s', (_, code) => {
    expect(faultOf(server(code), true)).toBe('again')
  })

  it('is a wrong call where no other try could mend it', () => {
    expect(faultOf(server('23505'), true)).toBe('wrong')
    expect(faultOf(server('22P02'), true)).toBe('wrong')
  })

  it.each([
    ['in English', 'PANIC'],
    ['in another language', 'PANIK'],
  ])(
    'leaves the outcome unknown where the server gave up in the middle of a commit, which it may find when it comes back (%s)',
    (_, severity) => {
      const panic = Object.assign(server('58030'), { severity })
      expect([faultOf(panic, false), faultOf(panic, true)]).toEqual(['nothing', 'unknown'])
      expect(faultOf(Object.assign(server('53100'), { severity }), true)).toBe('unknown')
      expect(faultOf(server('58030'), true)).toBe('nothing')
    },
  )

  it('is damage, or cannot be told, where it says so', () => {
    expect([faultOf(server('XX001'), true), faultOf(server('40003'), true)]).toEqual(['damaged', 'unknown'])
  })
})

describe('an error of the network', () => {
  it.each([[undefined], ['ECONNRESET'], ['EPIPE']])(
    'stored nothing before anything was sent, then it cannot be told (%s)',
    (code) => {
      expect([faultOf(network(code), false), faultOf(network(code), true)]).toEqual(['nothing', 'unknown'])
    },
  )
})
