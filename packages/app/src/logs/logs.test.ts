// What a node holds equals what the journal holds: under generated histories, snapshots, overlays, conflicts and other nodes.
import {
  type Change,
  type Commit,
  emptyState,
  evolve,
  type Handle,
  identityOf,
  overlay,
  type Resource,
  type State,
} from '@konfig/core'
import {
  emptyHead,
  localMasterKey,
  openInstallation,
  openKeyRings,
  openLog,
  type SealedLog,
  sealedRecords,
} from '@konfig/journal'
import { openMemory } from '@konfig/journal/memory'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../ports.ts'
import type { WriteJob } from './decide-batch.ts'
import { type HeldLog, holdLog } from './held-log.ts'
import { loadLog } from './load.ts'
import { openPastStates } from './past.ts'
import { openTurns } from './turns.ts'

let ticks = 0
const ports: Ports = {
  now: () => 1_700_000_000_000 + ticks++,
  newId: () => `00000000-0000-4000-8000-${String(ticks++).padStart(12, '0')}`,
  randomBytes: (count) => new Uint8Array(count),
}

const openSealed = async (log = 'log-1'): Promise<SealedLog> => {
  const memory = openMemory({ clock: ports })
  const master = localMasterKey(new Uint8Array(32).fill(1))
  const installation = await openInstallation(memory.records, master)
  const rings = openKeyRings(sealedRecords(memory.records, installation), installation, ports)
  return openLog(memory.journal, rings, await rings.create(log))
}

/** A step of a history: what to put where, or to delete. */
const step = fc.record({
  name: fc.constantFrom('a', 'b', 'c', '__proto__', 'ключ'),
  namespace: fc.constantFrom('n', 'm'),
  value: fc.option(
    fc.oneof(fc.integer(), fc.string(), fc.constant('${CONFIG:n/a}'), fc.constant({ deep: [1, { x: null }] })),
    { nil: undefined },
  ),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const job = (steps: readonly Step[]): WriteJob<undefined> => ({
  actor: 'system',
  origin: { type: 'test' },
  idempotency: { key: `k${ticks++}`, request: 'r' },
  decide: (state) => {
    const seen = new Set<string>()
    const changes = steps.flatMap(({ name, namespace, value }): readonly Change[] => {
      if (seen.has(`${namespace}/${name}`)) return []
      seen.add(`${namespace}/${name}`)
      const before = state.record(`config/${namespace}`, name)
      const identity = {
        kind: 'config' as const,
        name,
        namespace,
        id: before?.id ?? `id-${namespace}-${name}`,
        previous: before?.revision ?? 0,
      }
      if (value === undefined)
        return before === undefined || before.deleted ? [] : [{ op: 'delete' as const, ...identity }]
      return [{ op: 'put' as const, ...identity, body: { type: 'json', value } }]
    })
    return { ok: true, value: { changes, platform: 0, answer: undefined } }
  },
})

const dump = (state: State) => {
  const rows: (Omit<Resource, 'previous'> & { readonly referrers: readonly string[] })[] = []
  for (const space of [...state.spaces('')].sort())
    for (const name of [...state.names(space)].sort()) {
      const { previous: _, ...found } = state.record(space, name) as Resource & { previous: unknown }
      rows.push({ ...found, referrers: [...state.referrers(`${space}/${name}`)].sort() })
      expect(state.byId(found.id)?.version).toBe(found.version)
    }
  return {
    revision: state.revision,
    time: state.time,
    rows,
    touched: ['n|definitions', 'm|definitions'].map((group) => state.touched(group)),
  }
}

const commitsOf = async (log: SealedLog): Promise<readonly Commit[]> => {
  const commits: Commit[] = []
  for (let head = emptyHead; ; ) {
    const page = await log.read(head)
    if (page.commits.length === 0) return commits
    commits.push(...page.commits)
    head = page.head
  }
}

const histories = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 25 })

describe('a held log', () => {
  it('equals a replay of the whole log, and snapshot with tail equals both', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(24), async (history, cut) => {
        const log = await openSealed()
        const held = holdLog(log, await loadLog(log), ports)
        for (const [index, steps] of history.entries()) {
          await held.write(job(steps))
          if (index === cut) await held.saveSnapshot()
        }
        const replayed = (await commitsOf(log)).reduce<Handle>(
          (state, commit) => evolve(state, commit),
          emptyState(log.log),
        )
        const loaded = await loadLog(log)
        expect(dump(replayed)).toEqual(dump(held.state()))
        expect(dump(loaded.state)).toEqual(dump(held.state()))
        expect(loaded.head).toEqual(held.head())
      }),
      { numRuns: 60 },
    )
  })

  it('answers a past revision as it was when it was the newest', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(24), async (history, cut) => {
        const log = await openSealed()
        const held = holdLog(log, await loadLog(log), ports)
        const past = openPastStates(1e8)
        const seen: { readonly revision: number; readonly time: number; readonly dumped: ReturnType<typeof dump> }[] =
          []
        for (const [index, steps] of history.entries()) {
          await held.write(job(steps))
          if (index === cut) await held.saveSnapshot()
          const state = held.state()
          seen.push({ revision: state.revision, time: state.time, dumped: dump(state) })
        }
        for (const { revision, time, dumped } of seen) {
          expect(await past.revisionAt(held, time)).toBe(revision)
          expect(dump(await past.at(held, revision))).toEqual(dumped)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('leaves a tentative state equal to the durable one, and the durable one untouched until then', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const log = await openSealed()
        const held = holdLog(log, await loadLog(log), ports)
        const dumps: (ReturnType<typeof dump> | undefined)[] = []
        const written = await Promise.all(
          history.map((steps, index) => {
            const asked = job(steps)
            return held.write({
              ...asked,
              decide: (state, time) => {
                // What this writer is decided on is what the writer before it leaves.
                dumps[index] = dump(state)
                return asked.decide(state, time)
              },
            })
          }),
        )
        const commits = await commitsOf(log)
        const states = [emptyState(log.log)] as Handle[]
        for (const commit of commits) states.push(evolve(overlay(states.at(-1) as Handle), commit))
        let at = 0
        for (const [index, { commit }] of written.entries()) {
          expect(dumps[index]?.rows).toEqual(dump(states[at] as Handle).rows)
          if (commit !== undefined) at++
        }
        expect(dump(held.state())).toEqual(dump(states.at(-1) as Handle))
      }),
      { numRuns: 40 },
    )
  })

  it('gives each writer the state of its own commit, though others share the batch', async () => {
    const log = await openSealed()
    const held = holdLog(log, await loadLog(log), ports)
    const written = await Promise.all([1, 2, 3].map((value) => held.write(job([{ name: 'a', namespace: 'n', value }]))))
    expect(written.map(({ state }) => state.get('config/n', 'a')?.body['value'])).toEqual([1, 2, 3])
    expect(written.map(({ commit }) => commit?.revision)).toEqual([1, 2, 3])
  })

  it('decides in the order asked, though a turn takes only some of those who wait', async () => {
    const log = await openSealed()
    let begun = 0
    const held = holdLog(log, await loadLog(log), ports, undefined, {
      ...openTurns(),
      begin: () => {
        begun++
        return begun % 2 === 0 ? Promise.resolve() : undefined
      },
      // Over before it began: one writer a turn.
      longest: () => -1,
    })
    const order: number[] = []
    const written = await Promise.all(
      Array.from({ length: 20 }, (_, value) => {
        const asked = job([{ name: 'a', namespace: 'n', value }])
        return held.write({
          ...asked,
          decide: (state, time) => {
            order.push(value)
            return asked.decide(state, time)
          },
        })
      }),
    )
    expect(order).toEqual(Array.from({ length: 20 }, (_, value) => value))
    expect(written.map(({ commit }) => commit?.revision)).toEqual(order.map((value) => value + 1))
    expect(begun).toBe(20)
  })

  it.each([
    ['one go', false],
    ['steps, with others between', true],
  ])('lets two nodes write one log, each decision on the state it lands on, in %s', async (_, inSteps) => {
    const memory = openMemory({ clock: ports })
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const installation = await openInstallation(memory.records, master)
    const rings = openKeyRings(sealedRecords(memory.records, installation), installation, ports)
    const open = async () => {
      const log = openLog(memory.journal, rings, await rings.create('log-2'))
      // Each step is a slice of its own.
      return holdLog(log, await loadLog(log), ports, undefined, { ...openTurns(), slice: () => -1 })
    }
    let tries = 0
    const nodes = [await open(), await open()]
    const count = (state: State): number => Number(state.get('config/n', 'a')?.body['value'] ?? 0)
    const increment: WriteJob<undefined> = {
      actor: 'system',
      origin: { type: 'test' },
      decide: (state) => ({
        ok: true,
        value: {
          platform: 0,
          answer: undefined,
          changes: [
            {
              op: 'put',
              kind: 'config',
              name: 'a',
              namespace: 'n',
              id: 'a',
              previous: state.revision,
              body: { type: 'number', value: count(state) + 1 },
            },
          ],
        },
      }),
    }
    const stepwise: WriteJob<undefined> = {
      ...increment,
      *decide(state, time) {
        tries++
        for (let at = 0; at < 3; at++) yield
        return increment.decide(state, time) as Extract<ReturnType<typeof increment.decide>, { ok: boolean }>
      },
    }
    await Promise.all(
      Array.from({ length: 200 }, (__, index) => (nodes[index % 2] as HeldLog).write(inSteps ? stepwise : increment)),
    )
    // Some that came in steps came too late and were made again.
    expect(tries > 200).toBe(inSteps)
    for (const node of nodes) expect(count(await node.catchUp())).toBe(200)
    expect(nodes[0]?.state().revision).toBe(200)
  })

  it('serves a handle for a minute and then says that it is stale', async () => {
    const log = await openSealed()
    let now = 1_800_000_000_000
    const held = holdLog(log, await loadLog(log), { ...ports, now: () => now })
    await held.write(job([{ name: 'a', namespace: 'n', value: 1 }]))
    const old = held.state()
    await held.write(job([{ name: 'a', namespace: 'n', value: 2 }]))
    expect(old.get('config/n', 'a')?.body['value']).toBe(1)
    now += 61_000
    await held.write(job([{ name: 'a', namespace: 'n', value: 3 }]))
    expect(() => old.get('config/n', 'a')).toThrow('longer than it may')
    expect(identityOf(held.state().get('config/n', 'a') as Resource)).toEqual({
      kind: 'config',
      name: 'a',
      namespace: 'n',
    })
  })
})

describe('a damaged snapshot', () => {
  it('is told of and passed over, for an older one or for the whole log', async () => {
    const memory = openMemory({ clock: ports })
    const master = localMasterKey(new Uint8Array(32).fill(1))
    const installation = await openInstallation(memory.records, master)
    const rings = openKeyRings(sealedRecords(memory.records, installation), installation, ports)
    const log = openLog(memory.journal, rings, await rings.create('log-3'))
    const held = holdLog(log, await loadLog(log), ports)
    for (let value = 0; value < 300; value++)
      await held.write(job([{ name: `key${value}` as 'a', namespace: 'n', value }]))
    await held.saveSnapshot()
    const kept = memory.store.logs.get('log-3')?.snapshots as Map<number, readonly Uint8Array[]>
    const [revision, parts] = [...kept][0] as [number, readonly Uint8Array[]]
    const damaged = parts.map((part) => Uint8Array.from(part))
    const last = damaged.at(-1) as Uint8Array
    last[last.length - 2] = (last[last.length - 2] as number) ^ 1
    kept.set(revision, damaged)

    const told: unknown[] = []
    const loaded = await loadLog(log, undefined, (reason) => told.push(reason))
    expect(dump(loaded.state)).toEqual(dump(held.state()))
    expect(loaded.snapshot).toBe(0)
    expect(told).toHaveLength(1)
  })
})

it('catches up with all that had landed when it was asked, though an earlier read is still under way', async () => {
  const memory = openMemory({ clock: ports })
  const installation = await openInstallation(memory.records, localMasterKey(new Uint8Array(32).fill(1)))
  const rings = openKeyRings(sealedRecords(memory.records, installation), installation, ports)
  const sealed = openLog(memory.journal, rings, await rings.create('log-3'))
  let reads = 0
  const answered = Promise.withResolvers<void>()
  // Answers what there was when it was asked, late.
  const slow: SealedLog = {
    ...sealed,
    read: async (...given) => {
      const found = await sealed.read(...given)
      reads += 1
      if (reads === 1) await answered.promise
      return found
    },
  }
  const held = holdLog(slow, await loadLog(sealed), ports)
  const before = held.catchUp()
  const other = holdLog(sealed, await loadLog(sealed), ports)
  await other.write(job([{ namespace: 'n', name: 'a', value: 1 }]))
  const after = [held.catchUp(), held.catchUp()]
  answered.resolve()
  await before
  expect((await Promise.all(after)).map(({ revision }) => revision)).toEqual([1, 1])
  // The one under way, then one for both.
  expect(reads).toBe(3)
})
