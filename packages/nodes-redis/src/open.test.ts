import { readFileSync } from 'node:fs'
import { createClient } from '@redis/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RedisServer, startRedis } from '../../../tests/servers/redis.ts'
import { largestKept, openRedis, type RedisNodes } from './open.ts'

const password = 'word with a /'
let server: RedisServer
const opened: RedisNodes[] = []
const strangers: { readonly destroy: () => void }[] = []

beforeAll(async () => {
  server = await startRedis({ password })
})
afterEach(async () => {
  for (const stranger of strangers.splice(0)) stranger.destroy()
  await Promise.all(opened.splice(0).map(({ channel }) => channel.close()))
})
afterAll(async () => {
  await server.remove()
})

const node = (url = server.url) => {
  const words: string[] = []
  const nodes = openRedis({ url, away: (word) => words.push(`away ${word}`), there: () => words.push('there') })
  opened.push(nodes)
  const heard: string[] = []
  nodes.channel.listen('news', (text) => heard.push(text))
  return { ...nodes, words, heard }
}
/** Who is no node: connected as the owner, until the test ends. One that outlives it would be told of the end of the server with nobody to hear it. */
const connectOwner = async () => {
  const client = createClient({ url: server.url })
  client.on('error', () => undefined)
  await client.connect()
  strangers.push(client)
  return client
}
/** What is said before the other listens is lost, so it is said until it is heard. */
const untilHeard = async (from: RedisNodes, to: { readonly heard: string[] }, text: string): Promise<void> => {
  await expect
    .poll(() => {
      from.channel.send('news', text)
      return to.heard.includes(text)
    })
    .toBe(true)
}

describe('nodes over Redis', () => {
  it('hear each other and not themselves, on the topics that they listen to', async () => {
    const [one, other] = [node(), node()]
    await untilHeard(one, other, 'first')
    await untilHeard(other, one, 'second')
    one.channel.send('gossip', 'third')
    one.channel.send('news', 'fourth: ü \u{1f600}\n')
    await expect.poll(() => other.heard).toContain('fourth: ü \u{1f600}\n')
    expect(other.heard).not.toContain('third')
    expect(one.heard).not.toContain('first')
  })

  it('hear nothing more once they have stopped listening', async () => {
    const [one, other] = [node(), node()]
    const late: string[] = []
    const stop = other.channel.listen('news', (text) => late.push(text))
    await untilHeard(one, other, 'a')
    stop()
    const before = late.length
    await untilHeard(one, other, 'b')
    expect(late).toHaveLength(before)
  })

  it('go on without it while it is away, say so once, and find each other again when it is back', async () => {
    const [one, other] = [node(), node()]
    await untilHeard(one, other, 'before')
    await server.stop()
    await expect.poll(() => one.words).toHaveLength(1)
    one.channel.send('news', 'lost')
    one.cache.put('key', new Uint8Array([1]), 60)
    expect(await one.cache.get('key')).toBeUndefined()
    await server.start()
    await untilHeard(one, other, 'after')
    await expect.poll(() => one.words.at(-1)).toBe('there')
    expect(one.words.filter((word) => word.startsWith('away'))).toHaveLength(1)
    expect(other.heard).not.toContain('lost')
  })

  it('are opened at once where it never was, and say in a word what is wrong, never the password', async () => {
    const refused = node('redis://127.0.0.1:1')
    await expect.poll(() => refused.words).toEqual(['away ECONNREFUSED'])
    const wrong = node(server.url.replace(/:[^:@]+@/, ':secret-word@'))
    await expect.poll(() => wrong.words).toEqual(['away WRONGPASS'])
  })
})

describe('a user of Redis who may not listen', () => {
  it('is told of, since the node would hear nothing and nobody would know', async () => {
    const owner = await connectOwner()
    await owner.sendCommand(['ACL', 'SETUSER', 'narrow', 'on', '>word', '~*', '+@all', 'resetchannels'])
    const narrow = node(`redis://narrow:word@127.0.0.1:${server.port}`)
    await expect.poll(() => narrow.words).toEqual(['away NOPERM'])
    await owner.sendCommand(['ACL', 'DELUSER', 'narrow'])
  })
})

describe('a user of Redis who may do what the docs name and nothing else', () => {
  it('speaks, listens, keeps and reads', async () => {
    const page = readFileSync(new URL('../../../docs/how-to-many-nodes.md', import.meta.url), 'utf8')
    const rights = /~konfig\.\* &konfig\.\* (-@all [^`]+)`/.exec(page)?.[1]?.split(' ') ?? []
    const owner = await connectOwner()
    await owner.sendCommand(['ACL', 'SETUSER', 'exact', 'on', '>word', '~*', '&*', ...rights])
    const url = `redis://exact:word@127.0.0.1:${server.port}`
    const [one, other] = [node(url), node(url)]
    await untilHeard(one, other, 'by the docs')
    one.cache.put('exact', Buffer.from('kept'), 60)
    await expect.poll(() => other.cache.get('exact')).toEqual(Buffer.from('kept'))
    expect([...one.words, ...other.words]).toEqual([])
    await owner.sendCommand(['ACL', 'DELUSER', 'exact'])
  })
})

describe('the cache in Redis', () => {
  it('gives back the very bytes, and nothing where there are none', async () => {
    const one = node()
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256)
    await expect
      .poll(async () => {
        one.cache.put('bytes', bytes.subarray(1), 60)
        return one.cache.get('bytes')
      })
      .toEqual(Buffer.from(bytes.subarray(1)))
    expect(await one.cache.get('none')).toBeUndefined()
  })

  it('takes no more of what a stranger left than a node would have left', async () => {
    const one = node()
    const stranger = await connectOwner()
    await stranger.set('huge', Buffer.alloc(largestKept + 1))
    await stranger.lPush('list', 'a')
    await expect
      .poll(async () => {
        one.cache.put('there', new Uint8Array([1]), 60)
        return one.cache.get('there')
      })
      .toBeDefined()
    expect([await one.cache.get('huge'), await one.cache.get('list')]).toEqual([undefined, undefined])
  })

  it('holds little for a Redis that does not take it: what comes on top is not kept', async () => {
    const one = node()
    await expect
      .poll(async () => {
        one.cache.put('there', new Uint8Array([1]), 60)
        return one.cache.get('there')
      })
      .toBeDefined()
    const thaw = server.freeze()
    for (let at = 0; at < 40; at++) one.cache.put(`large ${at}`, new Uint8Array(16 * 1024 * 1024), 60)
    thaw()
    const owner = await connectOwner()
    // Asked of Redis itself: the node would wait for so many bytes no longer than it takes to do without.
    await expect.poll(() => owner.exists('large 3')).toBe(1)
    await expect
      .poll(async () => {
        one.cache.put('again', new Uint8Array([1]), 60)
        return one.cache.get('again')
      })
      .toBeDefined()
    // Commands of a connection are answered in order: what was waiting is there by now, all of it.
    expect((await owner.keys('large *')).sort()).toEqual(['large 0', 'large 1', 'large 2', 'large 3'])
  })

  it('keeps nobody waiting for a Redis that does not answer', async () => {
    const one = node()
    await expect
      .poll(async () => {
        one.cache.put('there', new Uint8Array([1]), 60)
        return one.cache.get('there')
      })
      .toBeDefined()
    const thaw = server.freeze()
    expect(await one.cache.get('there')).toBeUndefined()
    thaw()
  })
})
