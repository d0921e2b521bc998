// A header that says who is asking, sent twice, is refused: programs on the way might read the other one.
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../harness/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
})

const statusOf = (headers: readonly string[]): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.url)
    const path = '/api/v1/values/billing/retries?environment=production'
    request({ hostname, port, path, headers: ['host', hostname, ...headers] }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

describe('a credential', () => {
  it('is taken once', async () => {
    const own = ['authorization', `Bearer ${world.keys.reader}`]
    const other = ['Authorization', `Bearer ${world.keys.foreign}`]
    expect(await statusOf(own)).toBe(200)
    expect(await statusOf([...own, ...other])).toBe(400)
    expect(await statusOf([...other, ...own])).toBe(400)
  })

  it('is taken once as X-API-Key, too', async () => {
    const own = ['x-api-key', world.keys.reader]
    expect(await statusOf(own)).toBe(200)
    expect(await statusOf([...own, 'X-Api-Key', world.keys.foreign])).toBe(400)
  })

  it('is refused beside a second Host', async () => {
    expect(await statusOf(['host', 'elsewhere', 'authorization', `Bearer ${world.keys.reader}`])).toBe(400)
  })
})
