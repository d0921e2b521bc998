import { Unknown } from '@konfig/journal'
import { describe, expect, it } from 'vitest'
import { errorOf, faultOf } from './errors.ts'

const service = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error('of the service'), { name, $fault: 'client', $metadata: { httpStatusCode } })
const network = (code: string, name = 'Error') => Object.assign(new Error('gone'), { code, name })

describe('an error that the service itself told', () => {
  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'])(
    'stored nothing and may be asked again: %s',
    (name) => {
      expect(faultOf(service(name))).toBe('again')
      expect(errorOf(service(name), false)).toMatchObject({ failure: { code: 'unavailable' } })
    },
  )

  it.each([
    'AccessDeniedException',
    'ExpiredTokenException',
    'InvalidSignatureException',
    'ResourceNotFoundException',
    'UnrecognizedClientException',
  ])('stored nothing and is for a person to mend: %s', (name) => {
    expect(faultOf(service(name))).toBe('nothing')
  })

  it('cannot be told where the service failed within itself', () => {
    expect(faultOf(service('InternalServerError', 500))).toBe('shaky')
    expect(faultOf(service('ServiceUnavailable', 503))).toBe('shaky')
    expect(errorOf(service('InternalServerError', 500), false)).toBeInstanceOf(Unknown)
  })

  it('cannot be told either where an attempt before it could not', () => {
    expect(errorOf(service('ThrottlingException'), true)).toBeInstanceOf(Unknown)
  })

  it('is a wrong call where no other try could mend it, and is not repeated to callers', () => {
    const wrong = errorOf(service('ValidationException'), false)
    expect(wrong).toMatchObject({ failure: { code: 'bug' } })
    expect(wrong.message).not.toContain('of the service')
  })
})

describe('an error of the network', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH'])('stored nothing where nobody was there: %s', (code) => {
    expect(faultOf(network(code))).toBe('nothing')
  })

  it('stored nothing where no connection came about in time', () => {
    const late = network('ETIMEDOUT', 'TimeoutError')
    late.message = '@smithy/node-http-handler - the request socket did not establish a connection with the server'
    expect(faultOf(late)).toBe('nothing')
  })

  it.each(['ECONNRESET', 'EPIPE', ''])('cannot be told once it was sent (%s)', (code) => {
    expect(faultOf(network(code))).toBe('unknown')
    expect(errorOf(network(code), false)).toBeInstanceOf(Unknown)
  })
})
