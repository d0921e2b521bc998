// What must hold whatever a tenant has been through: undo goes back exactly, governance stays, and an export is the whole configuration.
import { contentOf, type Intention, isKindName, kinds, type KindName, type State, addressOf } from '@konfig/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { exportManifests } from '../transfer/export.ts'
import { importFile } from '../transfer/import.ts'
import { restoreTo } from './restore.ts'
import { revertCommit } from './revert.ts'
import { openTenantWorld, type TenantWorld } from './testing/world.ts'

let world: TenantWorld
beforeAll(async () => {
  world = await openTenantWorld()
})
afterAll(() => world.close())

const namespace = fc.constantFrom('alpha', 'beta', 'platform-defaults')
const key = fc.constantFrom('one', 'two', 'Three.four', 'timeout')
const environment = fc.constantFrom(undefined, 'dev', 'qa', 'child')
const text = fc.constantFrom('', 'x', '${CONFIG:alpha/one}', '$${literal}', 'yes', '0123', 'multi\nline', '__proto__')
const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    text,
    fc.integer({ min: -5, max: 5 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'on'), tie('value'), { maxKeys: 3 }),
  ),
})).value
const labels = fc.option(fc.dictionary(fc.constantFrom('team', 'tier'), fc.constantFrom('a', 'b'), { maxKeys: 2 }), {
  nil: undefined,
})
const definition = fc.oneof(
  fc.record({ type: fc.constant('number'), value: fc.integer({ min: 0, max: 70 }) }),
  fc.record({ type: fc.constant('string'), value: text }),
  fc.record({ type: fc.constant('json'), value: json, combine: fc.constantFrom('replace', 'merge', 'append') }),
  fc.record({ type: fc.constantFrom('number', 'string', 'boolean') }),
)

const puts = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('config'), namespace, name: key, body: definition, labels }), weight: 4 },
  {
    arbitrary: fc.record({
      kind: fc.constant('override'),
      namespace,
      name: key,
      layer: fc.constant('tenant'),
      environment,
      body: fc.record({ value: fc.oneof(json, fc.integer({ min: 0, max: 70 })) }),
    }),
    weight: 4,
  },
  fc.record({
    kind: fc.constant('namespace'),
    name: fc.constantFrom('alpha', 'beta'),
    body: fc.record({ description: text }),
    labels,
  }),
  fc.record({
    kind: fc.constant('environment'),
    name: fc.constantFrom('qa', 'child', 'production'),
    body: fc.oneof(
      fc.constant({}),
      fc.record({ order: fc.integer({ min: 0, max: 9 }) }),
      fc.constant({ parent: 'qa' }),
      fc.constant({ protected: true }),
    ),
  }),
  fc.record({
    kind: fc.constant('application'),
    name: fc.constantFrom('shop', 'desk'),
    body: fc.record({ namespaces: fc.uniqueArray(namespace, { maxLength: 3 }) }),
  }),
  fc.record({
    kind: fc.constant('settings'),
    name: fc.constant('settings'),
    body: fc.record({ requireIdempotencyKey: fc.boolean() }),
  }),
)
const intention = fc.tuple(puts, fc.integer({ min: 0, max: 4 })).map(([put, dice]): Intention => {
  const { body, labels: given, ...named } = put as { body: object; labels?: object; kind: string }
  const bare = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
  if (dice === 0) return { op: 'delete', ...bare } as Intention
  return { op: 'put', ...bare, body, ...(given === undefined ? {} : { labels: given }) } as Intention
})
const history = fc.array(fc.array(intention, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 25 })

/** Writes what the rules allow; one by one where they refuse the whole, so that histories grow long. */
const live = async (context: Context, commits: readonly (readonly Intention[])[]): Promise<void> => {
  const write = (intentions: readonly Intention[]) =>
    commit(context, ({ state }) => ({ ok: true, value: { intentions, ifRevision: state.revision } }))
  for (const intentions of commits)
    await write(intentions).catch(async () => {
      for (const one of intentions) await write([one]).catch(() => undefined)
    })
}

const contentsOf = (state: State, group: 'configuration' | 'governance'): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown>()
  for (const space of state.spaces('')) {
    const kind = space.split('/', 1)[0] ?? ''
    if (!isKindName(kind) || kinds[kind as KindName].group !== group) continue
    for (const resource of state.entries(space))
      found.set(
        addressOf(resource),
        group === 'governance' ? { version: resource.version, body: resource.body } : contentOf(resource),
      )
  }
  return found
}

const sorted = (contents: ReadonlyMap<string, unknown>) => [...contents].toSorted(([a], [b]) => (a < b ? -1 : 1))

let tenants = 0
const begin = async (commits: readonly (readonly Intention[])[]): Promise<Context> => {
  const context = await world.as('owner', {}, await world.newTenant(`t${++tenants}`))
  await live(context, commits)
  return context
}

const runs = { numRuns: 40 }

describe('whatever a tenant has been through', () => {
  it('reverting the last commit restores the configuration before it', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (commits) => {
        const context = await begin(commits)
        const head = context.log.state().revision
        if (head === 1) return
        const before = await world.app.past.at(context.log, head - 1)
        const governance = sorted(contentsOf(context.log.state(), 'governance'))
        const undone = await revertCommit(context, { revision: head, ifRevision: head, onConflict: 'skip' })
        expect(undone.skipped.filter(({ code }) => code !== 'not_undoable')).toEqual([])
        expect(sorted(contentsOf(context.log.state(), 'configuration'))).toEqual(
          sorted(contentsOf(before, 'configuration')),
        )
        expect(sorted(contentsOf(context.log.state(), 'governance'))).toEqual(governance)
      }),
      runs,
    )
  })

  it('restoring to any revision gives the configuration of that revision, and touches no governance', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.double({ min: 0, max: 1, noNaN: true }), async (commits, where) => {
        const context = await begin(commits)
        const head = context.log.state().revision
        const to = 1 + Math.floor(where * (head - 1))
        const then = await world.app.past.at(context.log, to)
        const governance = sorted(contentsOf(context.log.state(), 'governance'))
        const undone = await restoreTo(context, { to: String(to), scope: { tenant: true }, ifRevision: head })
        expect(undone.stillDiffer).toEqual([])
        expect(sorted(contentsOf(context.log.state(), 'configuration'))).toEqual(
          sorted(contentsOf(then, 'configuration')),
        )
        expect(sorted(contentsOf(context.log.state(), 'governance'))).toEqual(governance)
      }),
      runs,
    )
  })

  it('restoring one namespace brings back that one but for what it names, and changes nothing outside it', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (commits) => {
        const context = await begin([[{ op: 'put', kind: 'namespace', name: 'alpha', body: {} }], ...commits])
        const before = context.log.state()
        const to = Math.ceil(before.revision / 2)
        const asked = {
          to: String(to),
          scope: { namespace: 'alpha' },
          onConflict: 'skip',
          ifRevision: before.revision,
        } as const
        const undone = await restoreTo(context, asked)
        const different = new Set(undone.stillDiffer.map(addressOf))
        const inside = (address: string) => /^(config|override)\/alpha\/|^namespace\/alpha$/.test(address)
        const told = (state: State, wanted: (address: string) => boolean) =>
          sorted(contentsOf(state, 'configuration')).filter(([address]) => wanted(address))
        const after = context.log.state()
        const then = await world.app.past.at(context.log, to)
        expect(told(after, (address) => !inside(address))).toEqual(told(before, (address) => !inside(address)))
        const restored = (address: string) => inside(address) && !different.has(address)
        expect(told(after, restored)).toEqual(told(then, restored))
      }),
      runs,
    )
  })

  it('an export into an empty tenant exports equally, in YAML and JSON', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.constantFrom('yaml', 'json'), async (commits, format) => {
        const context = await begin(commits)
        const first = await exportManifests(context, { format })
        const target = await world.as('owner', {}, await world.newTenant(`t${++tenants}`))
        await importFile(target, { text: first.text, format: 'manifest' })
        expect((await exportManifests(target, { format })).text).toBe(first.text)
        expect(sorted(contentsOf(target.log.state(), 'configuration'))).toEqual(
          sorted(contentsOf(context.log.state(), 'configuration')),
        )
        const again = await importFile(target, { text: first.text, format: 'manifest' })
        expect(again).toMatchObject({ created: 0, changed: 0, commits: 0 })
      }),
      runs,
    )
  })
})
