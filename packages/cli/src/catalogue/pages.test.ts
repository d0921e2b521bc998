import { describe, expect, it } from 'vitest'
import type { ApiRequest, Client } from '../http/client.ts'
import { textPagesOf } from './pages.ts'

const serving = (pages: number) => {
  const asked: ApiRequest['query'][] = []
  const client = {
    ask: async ({ query }: ApiRequest) => {
      asked.push(query)
      const page = asked.length
      return {
        text: `page ${page}\n`,
        headers: page < pages ? { link: `</api/v1/audit?format=csv&cursor=a%2F${page}&limit=1>; rel="next"` } : {},
      }
    },
  } as unknown as Client
  return { client, asked }
}

describe('pages of text', () => {
  it('are handed on one after the other, by the link of each, until there is none', async () => {
    const { client, asked } = serving(3)
    let text = ''
    const more = await textPagesOf(client, { path: '/audit', query: { format: 'csv' } }, 0, (page) => (text += page))
    expect([more, text]).toEqual([false, 'page 1\npage 2\npage 3\n'])
    expect(asked.map((query) => query?.['cursor'])).toEqual([undefined, 'a/1', 'a/2'])
  })

  it('end where as much was asked for as is wanted, and are said to go on', async () => {
    const { client, asked } = serving(9)
    let text = ''
    const more = await textPagesOf(client, { path: '/audit', query: {} }, 1500, (page) => (text += page))
    expect([more, text]).toEqual([true, 'page 1\npage 2\n'])
    expect(asked.map((query) => query?.['limit'])).toEqual([1000, 500])
  })
})
