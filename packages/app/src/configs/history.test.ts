// History and rollback: every version of a key, newest first, page by page; nothing is ever cut from it.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixedRoles } from '@konfig/core'
import {
  config,
  grant,
  openWorld,
  override,
  put,
  reader,
  refusalOf,
  remove,
  type World,
} from '../values/testing/world.ts'
import { createConfig } from './create.ts'
import { deleteConfig } from './delete.ts'
import { type HistoryItem, readHistory } from './history.ts'
import { putConfig } from './put.ts'
import { readConfig } from './read.ts'
import { rollbackConfig } from './rollback.ts'

let world: World
const own = { namespace: 'billing', key: 'retries' }
beforeEach(async () => {
  world = await openWorld()
  await world.write(
    'platform',
    put('namespace', 'defaults'),
    config('defaults', 'timeout', { type: 'number', value: 30 }),
  )
  await world.write('tenant', put('namespace', 'billing'))
  await createConfig(world.tenant(undefined, { message: 'begin' }), { ...own, type: 'number', value: 3 })
  await putConfig(world.tenant(), own, { value: 4 })
  await putConfig(world.tenant(), { ...own, environment: 'production' }, { value: 9 })
  await putConfig(world.tenant(), own, { value: 5 })
})
afterEach(() => world.close())

const shortly = (items: readonly HistoryItem[]) =>
  items.map(({ version, changeType, value, environment }) => [version, changeType, value, environment])

describe('the history of a key', () => {
  it('is one list over its base value and its environments, newest first', async () => {
    const { items, next } = await readHistory(world.tenant(), own, {})
    expect(shortly(items)).toEqual([
      [3, 'update', 5, undefined],
      [1, 'create', 9, 'production'],
      [2, 'update', 4, undefined],
      [1, 'create', 3, undefined],
    ])
    expect(next).toBe(null)
    expect(items.at(-1)).toMatchObject({
      message: 'begin',
      changedBy: 'user:00000000-0000-4000-8000-00000000000a',
      changedAt: '2026-01-01T00:00:00.000Z',
    })
  })

  it('is of one environment where that is asked for', async () => {
    expect(shortly((await readHistory(world.tenant(), { ...own, environment: 'production' }, {})).items)).toEqual([
      [1, 'create', 9, 'production'],
    ])
  })

  it('goes on after a delete, and stays readable when all is gone', async () => {
    await deleteConfig(world.tenant(), own)
    const [newest, override] = (await readHistory(world.tenant(), own, { limit: 2 })).items
    expect([newest?.changeType, override?.changeType]).toEqual(['delete', 'delete'])
    await createConfig(world.tenant(), { ...own, type: 'number', value: 6 })
    expect(shortly((await readHistory(world.tenant(), own, { limit: 1 })).items)).toEqual([[5, 'create', 6, undefined]])
  })

  it('comes in pages that together are the whole, whatever their size', async () => {
    const whole = (await readHistory(world.tenant(), own, {})).items
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), async (limit) => {
        const items: HistoryItem[] = []
        let cursor: string | undefined
        do {
          const page = await readHistory(world.tenant(), own, { limit, cursor })
          items.push(...page.items)
          cursor = page.next ?? undefined
        } while (cursor !== undefined)
        expect(items).toEqual(whole)
      }),
    )
  })

  it('shows one side’s own changes only', async () => {
    expect((await readHistory(world.tenant(), { namespace: 'defaults', key: 'timeout' }, {})).items).toEqual([])
    await putConfig(world.tenant(), { namespace: 'defaults', key: 'timeout' }, { value: 20 })
    expect(shortly((await readHistory(world.tenant(), { namespace: 'defaults', key: 'timeout' }, {})).items)).toEqual([
      [1, 'create', 20, undefined],
    ])
    expect((await readHistory(world.platform(), { namespace: 'defaults', key: 'timeout' }, {})).items).toMatchObject([
      { layer: 'platform', value: 30 },
    ])
  })

  it('refuses a key that never was, a foreign cursor, and whoever may not read definitions', async () => {
    expect(await refusalOf(readHistory(world.tenant(), { ...own, key: 'nothing' }, {}))).toBe('resource_not_found')
    expect(await refusalOf(readHistory(world.tenant(), own, { cursor: 'W10x' }))).toBe('malformed_request')
    expect(await refusalOf(readHistory(world.tenant(reader), own, {}))).toBe('denied')
  })

  it('leaves out environments that the caller may not read', async () => {
    const { items } = await readHistory(world.tenant([grant(fixedRoles.viewer, undefined, ['dev'])]), own, {})
    expect(items.every(({ environment }) => environment === undefined)).toBe(true)
  })
})

describe('a rollback', () => {
  it('is a new version with the old content, and says so in the log', async () => {
    const { view } = await rollbackConfig(world.tenant(), own, 1)
    expect(view).toMatchObject({ value: 3, version: 4 })
    const { revision } = world.tenant().log.state()
    const [commit] = await world.tenant().log.sealed.history(revision - 1, 1)
    expect(commit?.origin).toMatchObject({ type: 'rollback', of: '3' })
  })

  it('brings back a key that was deleted', async () => {
    await deleteConfig(world.tenant(), own)
    const { view, created } = await rollbackConfig(world.tenant(), own, 2)
    expect([view.value, view.version, created]).toEqual([4, 5, true])
  })

  it('is of an environment’s override where that is asked for', async () => {
    await putConfig(world.tenant(), { ...own, environment: 'production' }, { value: 10 })
    await rollbackConfig(world.tenant(), { ...own, environment: 'production' }, 1)
    expect((await readConfig(world.tenant(), { ...own, environment: 'production' })).view).toMatchObject({
      value: 9,
      version: 3,
    })
  })

  it('refuses versions that never were, or were a deletion', async () => {
    expect(await refusalOf(rollbackConfig(world.tenant(), own, 4))).toBe('version_not_found')
    await deleteConfig(world.tenant(), own)
    expect(await refusalOf(rollbackConfig(world.tenant(), own, 4))).toBe('version_not_found')
    expect(await refusalOf(rollbackConfig(world.tenant(), { ...own, key: 'nothing' }, 1))).toBe('resource_not_found')
    expect(await refusalOf(rollbackConfig(world.tenant(), { namespace: 'defaults', key: 'timeout' }, 1))).toBe(
      'version_not_found',
    )
  })

  it('is judged by the rules of today', async () => {
    await putConfig(world.tenant(), own, { type: 'number', value: 9, validation: { min: 4 } })
    await world.write('tenant', remove(override('billing', 'retries', 'tenant', 'production', 0)))
    expect(await refusalOf(rollbackConfig(world.tenant(), own, 1))).toBe('done')
    await putConfig(world.tenant(), { ...own, environment: 'dev' }, { value: 1 })
    await deleteConfig(world.tenant(), { ...own, environment: 'dev' })
    await putConfig(world.tenant(), own, { type: 'number', value: 9, validation: { min: 4 } })
    expect(await refusalOf(rollbackConfig(world.tenant(), { ...own, environment: 'dev' }, 1))).toBe('value_invalid')
  })
})
