// Changes that become visible late, or were written by a clock that is behind: no follower may miss one.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, it } from 'vitest'
import { batch, tablesOf } from '../testing/tables.ts'

const { empty, open } = tablesOf()

describe('a follower', () => {
  it.each([
    [3, 'at once'],
    [50, 'within ten seconds'],
  ])('hears of a batch by a writer whose clock is %s seconds behind %s', async (seconds, soon) => {
    const table = await empty()
    const time = { now: Date.now() }
    const [slow, follower] = [
      await open(table, { clock: { now: () => time.now - seconds * 1000 } }),
      await open(table, { clock: { now: () => time.now } }),
    ]
    let { cursor } = await follower.journal.changedSince(undefined)
    const heard: unknown[] = []
    const follow = async (): Promise<void> => {
      const answer = await follower.journal.changedSince(cursor)
      ;({ cursor } = answer)
      heard.push(...answer.changed)
    }
    await follow()
    await slow.journal.append([batch(1)])
    await follow()
    if (soon !== 'at once') {
      time.now += 10_000
      await follow()
    }
    expect(heard).toContainEqual({ log: 'log', head: 1 })
  })

  it('hears of a batch that the index shows only after the next ones', async () => {
    const table = await empty()
    const time = { now: Date.now() }
    const { journal } = await open(table, { clock: { now: () => time.now } })
    let { cursor } = await journal.changedSince(undefined)
    await journal.append([batch(1, undefined, 'slow')])
    const index = async (change: string): Promise<void> => {
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: { p: { S: 'log/slow' }, s: { S: '0000000000000001' } },
          UpdateExpression: change,
          ...(change.startsWith('SET') ? { ExpressionAttributeValues: { ':i': { S: 'change/0' } } } : {}),
        }),
      )
    }
    await index('REMOVE i')
    time.now += 4000
    await journal.append([batch(1, undefined, 'quick')])
    const first = await journal.changedSince(cursor)
    expect(first.changed).toEqual([{ log: 'quick', head: 1 }])
    ;({ cursor } = first)
    await index('SET i = :i')
    time.now += 10_000
    expect((await journal.changedSince(cursor)).changed).toContainEqual({ log: 'slow', head: 1 })
  })

  it('takes the cursor of another installation for none that it understands', async () => {
    const { journal } = await open(await empty())
    await journal.append([batch(1)])
    const { cursor } = await journal.changedSince(undefined)
    for (const foreign of [cursor.replace(/^[^/]*/, 'another'), `${cursor.split('/')[0]}/x/y`, ''])
      expect((await journal.changedSince(foreign)).changed).toContainEqual({ log: 'log', head: 1 })
  })
})
