import { describe, expect, it } from 'vitest'
import type { Lived } from '../directory.ts'
import { openWorld } from './testing/world.ts'
import { dropWork, noteWork, type TenantWork, workUnderWay } from './work.ts'

const work = (given: Partial<TenantWork> & Pick<TenantWork, 'type'>): TenantWork => ({
  id: '00000000-0000-4000-8000-000000000001',
  name: 'acme',
  config: 'config-log',
  access: 'access-log',
  since: 1,
  ...given,
})
const place = (id: string): Lived => ({ id, journal: id, log: 'config-log' })
const erasure = (erasedAt: string) => ({ erasedAt }) as unknown as NonNullable<TenantWork['erasure']>

describe('notes of work on one tenant', () => {
  it('of two changes are two: the end of one leaves the other noted', async () => {
    const { app, close } = await openWorld()
    const [first, second] = [work({ type: 'index', turn: 'a' }), work({ type: 'index', turn: 'b' })]
    await noteWork(app, first)
    await noteWork(app, second)
    await dropWork(app, first)
    expect(await Array.fromAsync(workUnderWay(app))).toEqual([second])
    await close()
  })

  it('of two who erase it keep what the first of them will certify', async () => {
    const { app, close } = await openWorld()
    await noteWork(app, work({ type: 'close', leave: true }))
    const first = await noteWork(
      app,
      work({ type: 'close', erasure: erasure('first'), reached: [place('eu')], left: [] }),
    )
    expect(first).toMatchObject({ leave: true, erasure: { erasedAt: 'first' } })
    // One that begins, and one that had prepared at the same time.
    expect(await noteWork(app, work({ type: 'close' }))).toEqual(first)
    expect(await noteWork(app, work({ type: 'close', erasure: erasure('second') }))).toEqual(first)
    // Restored and erased again: another log, another erasure.
    const again = work({ type: 'close', config: 'another-log' })
    expect(await noteWork(app, again)).toEqual(again)
    await close()
  })

  it('of two who reach places leave what neither has reached', async () => {
    const { app, close } = await openWorld()
    await noteWork(app, work({ type: 'reach', left: [place('eu'), place('us'), place('ap')] }))
    await noteWork(app, work({ type: 'reach', left: [place('us'), place('ap')] }))
    expect(await noteWork(app, work({ type: 'reach', left: [place('eu'), place('ap')] }))).toMatchObject({
      left: [place('ap')],
    })
    await close()
  })

  it('are durable however many write them at once', async () => {
    const { app, close } = await openWorld()
    const places = ['eu', 'us', 'ap', 'za'].map(place)
    await Promise.all(
      places.map((mine) => noteWork(app, work({ type: 'reach', left: places.filter((each) => each !== mine) }))),
    )
    expect(await Array.fromAsync(workUnderWay(app))).toMatchObject([{ left: [] }])
    await close()
  })
})
