import { describe, expect, it } from 'vitest'
import { faultOf } from './errors.ts'

const sqlite = (errcode: number) => Object.assign(new Error('sqlite'), { errcode })

describe('an error of SQLite', () => {
  it.each([
    ['SQLITE_BUSY', 5],
    ['SQLITE_BUSY_SNAPSHOT', 517],
    ['SQLITE_FULL', 13],
    ['SQLITE_READONLY', 8],
    ['SQLITE_CANTOPEN', 14],
  ])('%s stored nothing, at whatever stage', (_, code) => {
    expect([faultOf(sqlite(code), 'work'), faultOf(sqlite(code), 'commit')]).toEqual(['nothing', 'nothing'])
  })

  it.each([
    ['SQLITE_IOERR_FSYNC', 1034],
    ['SQLITE_IOERR_WRITE', 778],
  ])('%s stored nothing while working, and leaves the outcome of a commit unknown', (_, code) => {
    expect([faultOf(sqlite(code), 'work'), faultOf(sqlite(code), 'commit')]).toEqual(['nothing', 'unknown'])
  })

  it.each([
    ['SQLITE_CORRUPT', 11],
    ['SQLITE_CORRUPT_INDEX', 779],
    ['SQLITE_NOTADB', 26],
  ])('%s is damage, at whatever stage', (_, code) => {
    expect([faultOf(sqlite(code), 'work'), faultOf(sqlite(code), 'commit')]).toEqual(['damaged', 'damaged'])
  })

  it.each(['no such column: payload', 'no such table: batches', 'table batches has no column named payload'])(
    'says that somebody altered a table, which an operator mends: %s',
    (text) => {
      expect(faultOf(Object.assign(new Error(text), { errcode: 1 }), 'work')).toBe('nothing')
    },
  )

  it('that no other try could mend is a wrong call', () => {
    expect(faultOf(sqlite(18), 'work')).toBe('wrong')
    expect(faultOf(new TypeError('no error of SQLite'), 'work')).toBe('wrong')
  })
})
