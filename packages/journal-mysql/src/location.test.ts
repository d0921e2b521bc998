import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nameOf, readLocation, readLocations } from './location.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-mysql-location-'))
const ca = join(folder, 'ca.pem')
writeFileSync(ca, 'authority')
afterAll(() => rmSync(folder, { recursive: true }))

describe('the URL of a database', () => {
  it('says role, password, place and limits', () => {
    expect(readLocation('mariadb://ko%40nfig:p%2Fw@db.example.com/app?connections=4&application_name=node-1')).toEqual({
      host: 'db.example.com',
      port: 3306,
      database: 'app',
      user: 'ko@nfig',
      password: 'p/w',
      tls: undefined,
      connections: 4,
      applicationName: 'node-1',
    })
  })

  it('may name a host by its address of IPv6', () => {
    const location = readLocation('mysql://konfig@[::1]:3307/app')
    expect([location.host, nameOf(location)]).toEqual(['::1', '[::1]:3307/app'])
  })

  it('may name several hosts of one cluster', () => {
    const locations = readLocations('mysql://konfig:word@one:3307,two/app?connections=4')
    expect(locations.map(nameOf)).toEqual(['one:3307/app', 'two:3306/app'])
    expect(locations.map(({ password, connections }) => [password, connections])).toEqual([
      ['word', 4],
      ['word', 4],
    ])
  })

  it.each([
    ['sslmode=disable', undefined],
    ['sslmode=require', { rejectUnauthorized: false, verifyIdentity: false }],
    ['sslmode=verify-full', { rejectUnauthorized: true, verifyIdentity: true }],
    [`sslmode=verify-ca&sslrootcert=${ca}`, { ca: 'authority', rejectUnauthorized: true, verifyIdentity: false }],
    [`sslrootcert=${ca}`, { ca: 'authority', rejectUnauthorized: true, verifyIdentity: true }],
  ])('asks for encryption by %s', (query, tls) => {
    expect(readLocation(`mysql://konfig@host/app?${query}`).tls).toEqual(tls)
  })

  it.each([
    ['no database', 'mysql://konfig:secret@host', 'with user, host and database'],
    ['no user', 'mysql://host/secret', 'with user, host and database'],
    ['no URL', 'mysql://konfig:secret@:x/app', 'with user, host and database'],
    ['an unknown parameter', 'mysql://konfig:secret@host/app?password=secret', 'not known'],
    ['a mode that would fall back to no encryption', 'mysql://konfig:secret@host/app?sslmode=prefer', 'sslmode'],
    ['an address where a name is to be proven', 'mysql://konfig:secret@127.0.0.1/app?sslmode=verify-full', 'the name'],
    ['an authority that proves nothing', 'mysql://konfig:secret@host/app?sslmode=verify-ca', 'sslrootcert'],
    ['a file that is not there', 'mysql://konfig:secret@host/app?sslrootcert=/nowhere', '/nowhere'],
    ['too few connections', 'mysql://konfig:secret@host/app?connections=1', 'from 2 to 1000'],
  ])('is refused with %s, and not repeated', (_, text, said) => {
    const read = () => readLocation(text)
    expect(read).toThrow(said)
    expect(read).not.toThrow('secret')
  })
})
