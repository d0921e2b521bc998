import { describe, expect, it } from 'vitest'
import { isOpen, readLocation, titleOf } from './location.ts'

describe('the URL of a table', () => {
  it('says region and table, and what of the rest is not as usual', () => {
    expect(readLocation('dynamodb://eu-central-1/konfig')).toEqual({
      region: 'eu-central-1',
      table: 'konfig',
      endpoint: undefined,
      connections: 50,
    })
    const local = readLocation('dynamodb://us-gov-west-1/Konfig_2.b?endpoint=http://127.0.0.1:8000&connections=4')
    expect(local).toEqual({
      region: 'us-gov-west-1',
      table: 'Konfig_2.b',
      endpoint: 'http://127.0.0.1:8000',
      connections: 4,
    })
    expect(titleOf(local)).toBe('Konfig_2.b in us-gov-west-1 at 127.0.0.1:8000')
  })

  it.each([
    ['', false],
    ['?endpoint=http://localhost:8000', false],
    ['?endpoint=http://[::1]:8000', false],
    ['?endpoint=https://dynamodb.example.com', false],
    ['?endpoint=http://dynamodb.example.com', true],
  ])('%s can be read on its way: %s', (query, open) => {
    expect(isOpen(readLocation(`dynamodb://eu-central-1/konfig${query}`))).toBe(open)
  })

  it.each([
    ['credentials', 'dynamodb://key:secret@eu-central-1/konfig', 'without credentials'],
    ['no region', 'dynamodb:///secret', 'with a region'],
    ['a host for a region', 'dynamodb://dynamodb.example.com/secret', 'with a region'],
    ['a port', 'dynamodb://eu-central-1:8000/secret', 'dynamodb://region/table'],
    ['no table', 'dynamodb://eu-central-1', 'with a table'],
    ['a table with a slash', 'dynamodb://eu-central-1/a/secret', 'with a table'],
    ['an unknown parameter', 'dynamodb://eu-central-1/konfig?key=secret', 'not known'],
    ['an endpoint that is none', 'dynamodb://eu-central-1/konfig?endpoint=secret', 'endpoint'],
    [
      'credentials in the endpoint',
      'dynamodb://eu-central-1/konfig?endpoint=https://a:secret@b',
      'without credentials',
    ],
    ['too few connections', 'dynamodb://eu-central-1/konfig?connections=1', 'from 2 to 1000'],
    ['another scheme', 'mysql://eu-central-1/secret', 'dynamodb://region/table'],
  ])('is refused with %s, and not repeated', (_, text, said) => {
    const read = () => readLocation(text)
    expect(read).toThrow(said)
    expect(read).not.toThrow('secret')
  })
})
