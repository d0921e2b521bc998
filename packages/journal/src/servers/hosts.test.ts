import { describe, expect, it } from 'vitest'
import { unavailable } from '../unavailable.ts'
import { firstOf, inTurn, urlsOf } from './hosts.ts'

describe('the URL of several hosts', () => {
  it('is one URL for each, alike in everything else', () => {
    expect(urlsOf('mysql://ko%40nfig:p%2Cw@one:1,two,[::1]:3/app?sslmode=require')).toEqual([
      'mysql://ko%40nfig:p%2Cw@one:1/app?sslmode=require',
      'mysql://ko%40nfig:p%2Cw@two/app?sslmode=require',
      'mysql://ko%40nfig:p%2Cw@[::1]:3/app?sslmode=require',
    ])
  })

  it.each(['mysql://konfig@one/app?application_name=a,b', 'mysql://a,b@one/app', 'nothing,at all'])(
    'is itself where it names one: %s',
    (url) => {
      expect(urlsOf(url)).toEqual([url])
    },
  )
})

describe('servers in turn', () => {
  it('stay the same until the current one fails, and begin again after the last', () => {
    const servers = inTurn(['a', 'b'])
    expect(servers.current()).toBe('a')
    servers.failed('b')
    expect(servers.current()).toBe('a')
    servers.failed('a')
    expect(servers.current()).toBe('b')
    // Told late, by somebody who had asked the one before.
    servers.failed('a')
    expect(servers.current()).toBe('b')
    servers.failed('b')
    expect(servers.current()).toBe('a')
  })

  it('are asked until one is not away, which is the current one from then on', async () => {
    const servers = inTurn(['a', 'b', 'c'])
    const ask = async (one: string): Promise<string> => {
      if (one !== 'c') throw unavailable()
      return one
    }
    expect(await firstOf(servers, ask)).toBe('c')
    expect(servers.all()).toEqual(['c', 'a', 'b'])
  })

  it('are away where all of them are, and are not asked again where one says no', async () => {
    const asked: string[] = []
    const refusing =
      (reason: Error) =>
      (one: string): Promise<never> => {
        asked.push(one)
        return Promise.reject(reason)
      }
    await expect(firstOf(inTurn(['a', 'b']), refusing(unavailable()))).rejects.toThrow('not available')
    await expect(firstOf(inTurn(['c', 'd']), refusing(new Error('no')))).rejects.toThrow('no')
    await expect(firstOf(inTurn(['e', 'f']), refusing(new Error('no')), () => true)).rejects.toThrow('no')
    expect(asked).toEqual(['a', 'b', 'c', 'e', 'f'])
  })
})
