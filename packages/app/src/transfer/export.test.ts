// Manifests go out: all that the caller may read, always as the same text, and never unnoticed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { config, openTenantWorld, put, type TenantWorld } from '../changes/testing/world.ts'
import { commit } from '../commit.ts'
import { refusalOf } from '../identity/testing/world.ts'
import { exportManifests } from './export.ts'
import { exportStored } from './export-stored.ts'
import { importFile } from './import.ts'

let world: TenantWorld
beforeEach(async () => {
  world = await openTenantWorld()
})
afterEach(() => world.close())

const kindsIn = (text: string): readonly string[] => [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind = '']) => kind)

describe('an export', () => {
  it('holds all configuration and no governance', async () => {
    await commit(await world.as('owner'), () => ({
      ok: true,
      value: { intentions: [put('settings', 'settings', { requireIfMatch: false })] },
    }))
    const { text, count } = await exportManifests(await world.as('viewer'), {})
    expect(kindsIn(text)).toEqual(['application', 'config', 'config', 'config', 'environment', 'namespace', 'override'])
    expect(count).toBe(7)
    await expect(exportManifests(await world.as('owner'), { kinds: ['member'] })).rejects.toMatchObject({
      failure: { code: 'malformed_request' },
    })
  })

  it('is narrowed by kind and namespace', async () => {
    await world.put(put('namespace', 'other'))
    const viewer = await world.as('viewer')
    expect(kindsIn((await exportManifests(viewer, { kinds: ['namespace', 'override'] })).text)).toEqual([
      'namespace',
      'namespace',
      'override',
    ])
    expect(kindsIn((await exportManifests(viewer, { namespace: 'other' })).text)).toEqual(['namespace'])
  })

  it('leaves out what the caller may not read', async () => {
    await world.put(put('namespace', 'other'))
    const { text } = await exportManifests(
      await world.as('viewer', { namespaces: ['other'], environments: ['dev'] }),
      {},
    )
    expect(kindsIn(text)).toEqual(['namespace'])
    await expect(exportManifests(await world.as('reader'), {})).rejects.toMatchObject({ failure: { code: 'denied' } })
    await expect(
      exportManifests(await world.as('viewer', { namespaces: ['other'] }), { namespace: 'billing' }),
    ).rejects.toMatchObject({
      failure: { code: 'denied' },
    })
  })

  it('says the same in YAML and JSON, in any number of slices', async () => {
    await world.put(...Array.from({ length: 450 }, (_, index) => put('namespace', `n${index}`)))
    const viewer = await world.as('viewer')
    const json = await exportManifests(viewer, { format: 'json' })
    expect((JSON.parse(json.text) as readonly unknown[]).length).toBe(json.count)
    const other = await world.newTenant('globex')
    const target = await world.as('admin', {}, other)
    await importFile(target, { text: json.text })
    expect((await exportManifests(target, {})).text).toBe((await exportManifests(viewer, {})).text)
  })

  it('gives others their turn between large manifests too, however few they are', async () => {
    const value = Array.from({ length: 4000 }, (_, at) => ({ host: `host-${at}.example.com`, port: at, labels: ['a'] }))
    const many = Array.from({ length: 12 }, (_, at) => config('large', `k${at}`, { type: 'json', value }))
    await world.put(put('namespace', 'large'), ...many)
    const viewer = await world.as('viewer')
    let turns = 0
    let done = false
    const others = (async () => {
      while (!done) {
        await new Promise((resolve) => setImmediate(resolve))
        turns += 1
      }
    })()
    await exportManifests(viewer, { namespace: 'large' })
    done = true
    await others
    expect(turns).toBeGreaterThanOrEqual(many.length / 2)
  })

  it('of nothing is an empty list that can be imported', async () => {
    const other = await world.as('admin', {}, await world.newTenant('globex'))
    expect((await exportManifests(other, { format: 'json' })).text).toBe('[]\n')
    expect((await exportManifests(other, {})).text).toBe('')
  })

  it('of a namespace that is not there is refused: an empty file would pass for a copy', async () => {
    const viewer = await world.as('viewer')
    for (const exporting of [
      exportManifests(viewer, { namespace: 'biling' }),
      exportStored(viewer, { namespace: 'biling', format: 'properties' }),
    ])
      await expect(exporting).rejects.toMatchObject({ failure: { code: 'resource_not_found' } })
    await world.put(put('namespace', 'bare'))
    const bare = await exportManifests(await world.as('viewer'), { namespace: 'bare', kinds: ['config'] })
    expect(bare.count).toBe(0)
  })

  it('is noted in the access log before it is answered', async () => {
    const viewer = await world.as('viewer')
    await exportManifests(viewer, { namespace: 'billing' })
    const access = await world.app.logs.hold(world.acme.access)
    const [newest] = (await access.sealed.history(0, 100)).toReversed()
    expect(newest).toMatchObject({
      actor: viewer.caller.type === 'user' ? viewer.caller.actor : '',
      note: { type: 'export', resource: 'namespace/billing' },
    })
  })
})

describe('an export of values', () => {
  it('is whole and in order where it is written in a thread of its own', async () => {
    const count = 2500
    await importFile(await world.as('owner'), {
      text: JSON.stringify(
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${(index * 7) % count}`, index])),
      ),
      format: 'json',
      namespace: 'large',
    })
    const viewer = await world.as('viewer')
    for (const format of ['toml', 'spring', 'configmap', 'consul', 'etcd', 'env'] as const) {
      const whole = await exportStored(viewer, { format, namespace: 'large' })
      expect(whole.count).toBe(count)
    }
    const { text } = await exportStored(viewer, { format: 'env', namespace: 'large' })
    const names = text.split('\n').flatMap((line) => (line === '' ? [] : [line.split('=')[0] ?? '']))
    expect(names).toHaveLength(count)
    expect(names).toEqual(names.toSorted())
  })

  it('is refused the same way in a thread: a value that the format cannot hold', async () => {
    const keys = Array.from({ length: 500 }, (_, index) =>
      config('large', `k-${index}`, { type: 'string', value: 'x' }),
    )
    await world.put(put('namespace', 'large'), ...keys, config('large', 'path', { type: 'string', value: 'C:\\' }))
    expect(await refusalOf(exportStored(await world.as('viewer'), { format: 'env', namespace: 'large' }))).toBe(
      'value_unwritable',
    )
  })
})
