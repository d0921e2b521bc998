import { describe, expect, it } from 'vitest'
import { asTyped } from './pointers.ts'

const entry = {
  operands: [{ name: 'EMAIL', description: '', into: [{ in: 'body' as const, name: 'email' }] }],
  query: [],
  body: [
    { name: 'roles', type: 'texts' as const },
    { name: 'expiresAt', type: 'text' as const },
  ],
}

describe('a field that the server points at', () => {
  it.each([
    ['/email must be an email address.', 'EMAIL must be an email address.'],
    ['/roles/0 names role edtor, which does not exist.', '--roles names role edtor, which does not exist.'],
    ['/spec/expiresAt must be a time to come.', '--expires-at must be a time to come.'],
    ['The name at /metadata/email is not allowed: use letters.', 'The name at EMAIL is not allowed: use letters.'],
  ])('is told as it was typed: %s', (said, told) => {
    expect(asTyped(said, entry)).toBe(told)
  })

  it.each([
    'There is no config named billing/roles.',
    'See https://example.com/roles or /other/roles/0 first.',
    '/unknown must be a string.',
    'The file /srv/files/email is not there.',
  ])('is told from what only looks like it: %s', (said) => {
    expect(asTyped(said, entry)).toBe(said)
  })
})
