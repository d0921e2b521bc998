import { describe, expect, it } from 'vitest'
import { errorOf, faultOf } from './errors.ts'

const server = (errno: number) =>
  Object.assign(new Error('of the server'), { errno, sqlState: 'HY000', code: 'ER_SOME' })
const network = (code: string) => Object.assign(new Error('gone'), { code, fatal: true, errno: -104 })

describe('an error that the server itself told', () => {
  it.each([
    ['a lock that was not given up', 1205],
    ['a statement that took too long', 1969],
    ['no room on the disk', 1114],
    ['no connection to spare', 1040],
    ['a node of a cluster that has lost the others', 1047],
    ['a server that takes no writes', 1290],
    ['a password that is no longer right', 1045],
    ['a right that was taken away', 1142],
  ])('stored nothing: %s', (_, number) => {
    expect([faultOf(server(number), false), faultOf(server(number), true)]).toEqual(['nothing', 'nothing'])
  })

  it('may be run again at once after a deadlock', () => {
    expect(faultOf(server(1213), true)).toBe('again')
  })

  it.each([
    ['a stop', 1053],
    ['a session that was ended', 1927],
    ['an error in the commit', 1180],
  ])('cannot be told once it was sent: %s', (_, number) => {
    expect([faultOf(server(number), false), faultOf(server(number), true)]).toEqual(['nothing', 'unknown'])
  })

  it('is a wrong call where no other try could mend it, and is not repeated to callers', () => {
    expect([faultOf(server(1062), true), faultOf(server(1406), true)]).toEqual(['wrong', 'wrong'])
    expect(errorOf(server(1062), true)).toMatchObject({ failure: { code: 'bug' } })
    expect(errorOf(server(1062), true).message).not.toContain('of the server')
  })

  it('is damage where it says so', () => {
    expect(faultOf(server(1712), true)).toBe('damaged')
  })
})

describe('an error of the network', () => {
  it.each(['ECONNRESET', 'EPIPE', 'PROTOCOL_CONNECTION_LOST'])(
    'stored nothing before anything was sent, then it cannot be told (%s)',
    (code) => {
      expect([faultOf(network(code), false), faultOf(network(code), true)]).toEqual(['nothing', 'unknown'])
    },
  )
})
