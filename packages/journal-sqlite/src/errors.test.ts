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
    ['SQLITE_CORRUPT', 11],
  ])('%s stored nothing, at whatever stage', (_, code) => {
    expect([faultOf(sqlite(code), 'work'), faultOf(sqlite(code), 'commit')]).toEqual(['nothing', 'nothing'])
  })

  it.each([
    ['SQLITE_IOERR_FSYNC', 1034],
    ['SQLITE_IOERR_WRITE', 778],
  ])('%s stored nothing while working, and leaves the outcome of a commit unknown', (_, code) => {
    expect([faultOf(sqlite(code), 'work'), faultOf(sqlite(code), 'commit')]).toEqual(['nothing', 'unknown'])
  })

  it('that no other try could mend is a wrong call', () => {
    expect(faultOf(sqlite(18), 'work')).toBe('wrong')
    expect(faultOf(new TypeError('no error of SQLite'), 'work')).toBe('wrong')
  })
})
