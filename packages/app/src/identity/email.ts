// Email addresses as one form each, however they were typed: case, width and Unicode variants are one person. Pure.
import { domainToASCII } from 'node:url'
import { failure, KonfigError } from '@konfig/core'

const local = /^[^\s@"(),:;<>[\\\]\p{C}\p{Z}]{1,64}$/u

/** Throws `body_invalid` for what is no address, at the field that it was sent in. What was sent is not repeated. */
export const normalEmail = (text: string, pointer = '/email'): string => {
  const plain = text.trim().normalize('NFKC').toLowerCase().normalize('NFKC')
  const at = plain.lastIndexOf('@')
  const name = plain.slice(0, at)
  const domain = at < 0 ? '' : domainToASCII(plain.slice(at + 1))
  const email = `${name}@${domain}`
  if (
    !local.test(name) ||
    !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(domain) ||
    domain.includes('..') ||
    email.length > 254
  )
    throw new KonfigError(failure('body_invalid', { pointer, rule: 'must be an email address' }))
  return email
}
