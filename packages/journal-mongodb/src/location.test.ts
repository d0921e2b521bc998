import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isLocal, nameOf, readLocation } from './location.ts'

const folder = mkdtempSync(join(tmpdir(), 'konfig-mongodb-location-'))
const ca = join(folder, 'ca.pem')
writeFileSync(ca, 'authority')
afterAll(() => rmSync(folder, { recursive: true }))

describe('the URL of a database', () => {
  it('says user, password, place and limits, and passes on what is for the driver', () => {
    expect(
      readLocation(
        'mongodb://ko%40nfig:p%2Fw@a.example.com:27018,b.example.com/app?connections=4&replicaSet=rs0&tls=true',
      ),
    ).toEqual({
      url: 'mongodb://a.example.com:27018,b.example.com/app?replicaSet=rs0&tls=true',
      hosts: ['a.example.com:27018', 'b.example.com'],
      database: 'app',
      user: 'ko@nfig',
      password: 'p/w',
      encrypted: true,
      connections: 4,
    })
  })

  it('may do without a user, and name hosts by addresses', () => {
    const location = readLocation('mongodb://[::1]:27017,127.0.0.1/app')
    expect([location.user, nameOf(location), isLocal(location)]).toEqual([undefined, '[::1]:27017,127.0.0.1/app', true])
    expect(isLocal(readLocation('mongodb://localhost,db.example.com/app'))).toBe(false)
  })

  it.each([
    ['mongodb://h/app', false],
    ['mongodb://h/app?tls=true', true],
    [`mongodb://h/app?tlsCAFile=${ca}`, true],
    ['mongodb+srv://cluster.example.com/app', true],
    ['mongodb+srv://cluster.example.com/app?tls=false', false],
  ])('tells whether the connection is encrypted: %s', (url, encrypted) => {
    expect(readLocation(url).encrypted).toBe(encrypted)
  })

  it.each([
    ['no database', 'mongodb://konfig:secret@host', 'with host and database'],
    ['a database with a dot', 'mongodb://konfig:secret@host/a.b', 'with host and database'],
    ['no host', 'mongodb://konfig:secret@/app', 'with host and database'],
    ['a broken escape', 'mongodb://konfig:secret%ZZ@host/app', 'with host and database'],
    ['an unknown parameter', 'mongodb://konfig:secret@host/app?password=secret', 'not known'],
    ['a say in how durable a write is', 'mongodb://konfig:secret@host/app?w=1', 'not known'],
    ['a file that is not there', 'mongodb://konfig:secret@host/app?tlsCAFile=/nowhere', '/nowhere'],
    ['a switch that is none', 'mongodb://konfig:secret@host/app?tls=perhaps', 'true or false'],
    ['too few connections', 'mongodb://konfig:secret@host/app?connections=1', 'from 2 to 1000'],
  ])('is refused with %s, and not repeated', (_, text, said) => {
    const read = () => readLocation(text)
    expect(read).toThrow(said)
    expect(read).not.toThrow('secret')
  })
})
