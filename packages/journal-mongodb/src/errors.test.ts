import { unavailable, Unknown } from '@konfig/journal'
import { MongoNetworkError, MongoServerError, MongoServerSelectionError, MongoWriteConcernError } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { errorOf, faultOf } from './errors.ts'

const server = (code: number, message = 'of the server') => new MongoServerError({ message, code })

describe('an error that the server itself told', () => {
  it.each([
    ['a node that is not the primary', 10107],
    ['a right that is missing', 13],
    ['a password that is no longer right', 18],
    ['no room on the disk', 14031],
    ['a lock that was not given up', 24],
  ])('stored nothing: %s', (_, code) => {
    expect([faultOf(server(code), false), faultOf(server(code), true)]).toEqual(['nothing', 'nothing'])
  })

  it.each([
    ['an internal error', 1],
    ['a stop', 91],
    ['a primary that stepped down', 189],
    ['a write that took too long', 50],
    ['a code that nobody has heard of', 424_242],
  ])('cannot be told once it was a write: %s', (_, code) => {
    expect([faultOf(server(code), false), faultOf(server(code), true)]).toEqual(['nothing', 'unknown'])
  })

  it('cannot be told where a majority has not confirmed it', () => {
    const error = new MongoWriteConcernError({ writeConcernError: { code: 64, errmsg: 'waited' }, ok: 1, errmsg: '' })
    expect(faultOf(error, true)).toBe('unknown')
  })

  it('is a wrong call where no other try could mend it, and is not repeated to callers', () => {
    expect([faultOf(server(11000), true), faultOf(server(10334), true)]).toEqual(['wrong', 'wrong'])
    expect(errorOf(server(11000), true)).toMatchObject({ failure: { code: 'bug' } })
    expect(errorOf(server(11000), true).message).not.toContain('of the server')
  })

  it('is damage where it says so', () => {
    expect(errorOf(server(365), true)).toMatchObject({ failure: { code: 'journal_corrupt' } })
  })

  it.each([
    ['no room on the disk', '53100'],
    ['a server that takes no writes', '25006'],
    ['a lock', '55P03'],
  ])('stored nothing where FerretDB passes on that PostgreSQL refused it: %s', (_, state) => {
    expect(faultOf(server(1, `ERROR: it may not be (SQLSTATE ${state})`), true)).toBe('nothing')
    expect(faultOf(server(1, 'ERROR: terminating connection (SQLSTATE 57P01)'), true)).toBe('unknown')
  })
})

describe('an error of the network', () => {
  it('cannot be told for a write, and is nothing for a read', () => {
    const error = new MongoNetworkError('connection closed')
    expect([faultOf(error, false), faultOf(error, true)]).toEqual(['nothing', 'unknown'])
    expect(errorOf(error, true)).toBeInstanceOf(Unknown)
  })

  it('stored nothing where no server was found or no connection came about', () => {
    for (const label of ['HandshakeError', 'SystemOverloadedError']) {
      const early = new MongoNetworkError('refused')
      early.addErrorLabel(label)
      expect(faultOf(early, true)).toBe('nothing')
    }
    const nobody = new MongoServerSelectionError('nobody', {} as never)
    expect(faultOf(nobody, true)).toBe('nothing')
  })
})

it('leaves as they are errors that say already what they mean', () => {
  const told = unavailable()
  expect(errorOf(told, true)).toBe(told)
  const unknown = new Unknown('lost')
  expect(errorOf(unknown, false)).toBe(unknown)
})
