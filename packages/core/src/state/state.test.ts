// States under generated histories, against a model too simple to be wrong: the list of all commits, read from the start.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, groupOf, spaceOf } from '../log/address.ts'
import type { Change, Commit, Identity, Resource } from '../log/commit.ts'
import { kinds } from '../kinds/registry.ts'
import type { JsonObject } from '../values/json-value.ts'
import { emptyState, evolve, overlay } from './evolve.ts'
import type { Handle } from './handle.ts'
import { restoring, rowsOf } from './rows.ts'
import type { State } from './state.ts'
import { raiseFloor } from './table.ts'

const identities: readonly Identity[] = [
  { kind: 'namespace', name: 'billing' },
  { kind: 'environment', name: 'production' },
  ...['timeout', 'url', '__proto__', 'ключ', 'a "quoted" one', '\ufeffmarked'].map((name) => ({
    kind: 'config' as const,
    namespace: 'billing',
    name,
  })),
  ...['timeout', 'url'].map((name) => ({ kind: 'override' as const, namespace: 'billing', layer: 'tenant', name })),
  { kind: 'override', namespace: 'billing', layer: 'tenant', environment: 'production', name: 'timeout' },
]

/** As they are made here, but for one of another shape. */
const idOf = (address: string): string =>
  address === 'config/billing/__proto__'
    ? 'id of __proto__'
    : `00000000-0000-4000-8000-${address
        .split('')
        .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 40, 7)
        .toString(16)
        .padStart(12, '0')}`

type Step = { readonly at: number; readonly body: JsonObject | undefined }
const bodies: readonly JsonObject[] = [
  {},
  { value: 1 },
  { value: '${CONFIG:billing/timeout} ${CONFIG:billing/url}' },
  { value: '${CONFIG:billing/url}' },
]
const step = fc.record({
  at: fc.nat(identities.length - 1),
  body: fc.option(fc.constantFrom(...bodies), { nil: undefined }),
})
const history = fc.array(fc.uniqueArray(step, { selector: ({ at }) => at, minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
})

const changeOf = ({ at, body }: Step): Change => {
  const identity = identities[at] as Identity
  const base = { ...identity, id: idOf(addressOf(identity)), previous: 0 }
  return body === undefined ? { op: 'delete', ...base } : { op: 'put', ...base, body }
}

const commitOf = (steps: readonly Step[], revision: number): Commit => ({
  id: `commit ${revision}`,
  revision,
  time: revision * 1000,
  actor: `user:${revision}`,
  origin: { type: 'api' },
  platform: revision * 2,
  changes: steps.map(changeOf),
  idempotency: { key: `key ${revision}`, request: `request ${revision}` },
})

/** What any state answers, as plain data in an order of its own. */
const answersOf = (state: State) => ({
  revision: state.revision,
  time: state.time,
  platform: state.platform,
  spaces: [...state.spaces('')].sort(),
  names: identities.map((identity) => [...state.names(spaceOf(identity))]),
  records: identities.map((identity) =>
    [...state.records(spaceOf(identity))].map((row) => `${row.name} ${row.version} ${row.deleted}`).sort(),
  ),
  entries: identities.map((identity) => [...state.entries(spaceOf(identity))].map(({ name }) => name).sort()),
  resources: identities.map((identity) => plain(state.record(spaceOf(identity), identity.name))),
  live: identities.map((identity) => state.get(spaceOf(identity), identity.name) !== undefined),
  byId: identities.map((identity) => plain(state.byId(idOf(addressOf(identity))))),
  touched: identities.map((identity) => state.touched(groupOf(identity))),
  referrers: identities.map((identity) => [...state.referrers(addressOf(identity))].sort()),
  repeated: [1, 2, 12].map((revision) => state.repeated(`user:${revision}`, `key ${revision}`)?.request),
})

/** Names as they are told, which decides the order in answers. */
const orderOf = (state: State): readonly (readonly string[])[] =>
  identities.map((identity) => [...state.records(spaceOf(identity))].map(({ name }) => name))

const plain = (resource: Resource | undefined): Omit<Resource, never> | undefined => {
  if (resource === undefined) return undefined
  const {
    kind,
    id,
    name,
    namespace,
    layer,
    environment,
    labels,
    version,
    revision,
    createdAt,
    createdBy,
    updatedAt,
    updatedBy,
    deleted,
    body,
  } = resource
  return {
    kind,
    id,
    name,
    namespace,
    layer,
    environment,
    labels,
    version,
    revision,
    createdAt,
    createdBy,
    updatedAt,
    updatedBy,
    deleted,
    body,
  }
}

/** The same answers, worked out by reading all commits from the start. */
const modelOf = (commits: readonly Commit[]): ReturnType<typeof answersOf> => {
  const resources = new Map<string, Resource>()
  const touched = new Map<string, number>()
  for (const { changes, revision, time, actor } of commits)
    for (const change of changes) {
      const before = resources.get(addressOf(change))
      const fresh = before === undefined || before.deleted
      touched.set(groupOf(change), revision)
      resources.set(addressOf(change), {
        kind: change.kind,
        id: change.id,
        name: change.name,
        namespace: change.namespace,
        layer: change.layer,
        environment: change.environment,
        labels: undefined,
        version: (before?.version ?? 0) + 1,
        revision,
        createdAt: fresh ? time : before.createdAt,
        createdBy: fresh ? actor : before.createdBy,
        updatedAt: time,
        updatedBy: actor,
        deleted: change.op === 'delete',
        body: change.op === 'delete' ? {} : change.body,
      })
    }
  const rows = [...resources.values()]
  const within = (identity: Identity) => rows.filter((row) => spaceOf(row) === spaceOf(identity))
  const head = commits.at(-1)
  return {
    revision: head?.revision ?? 0,
    time: head?.time ?? 0,
    platform: head?.platform ?? 0,
    spaces: [...new Set(rows.map((row) => spaceOf(row)))].sort(),
    names: identities.map((identity) =>
      within(identity)
        .map(({ name }) => name)
        .sort(),
    ),
    records: identities.map((identity) =>
      within(identity)
        .map((row) => `${row.name} ${row.version} ${row.deleted}`)
        .sort(),
    ),
    entries: identities.map((identity) =>
      within(identity)
        .flatMap((row) => (row.deleted ? [] : [row.name]))
        .sort(),
    ),
    resources: identities.map((identity) => resources.get(addressOf(identity))),
    live: identities.map((identity) => resources.get(addressOf(identity))?.deleted === false),
    byId: identities.map((identity) => resources.get(addressOf(identity))),
    touched: identities.map((identity) => touched.get(groupOf(identity)) ?? 0),
    referrers: identities.map((identity) =>
      rows
        .flatMap((row) =>
          !row.deleted && kinds[row.kind].references(row.body, row).includes(addressOf(identity))
            ? [addressOf(row)]
            : [],
        )
        .sort(),
    ),
    repeated: [1, 2, 12].map(
      (revision) => commits.find((commit) => commit.revision === revision)?.idempotency?.request,
    ),
  }
}

const evolveAll = (commits: readonly Commit[], from: Handle = emptyState('log')): readonly Handle[] => {
  const handles = [from]
  for (const commit of commits) handles.push(evolve(handles.at(-1) as Handle, commit))
  return handles
}

const commitsOf = (steps: readonly (readonly Step[])[], after = 0): readonly Commit[] =>
  steps.map((some, index) => commitOf(some, after + index + 1))

describe('a state', () => {
  it('answers, as of each revision, what reading the whole log up to it would; also after later commits', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const commits = commitsOf(steps)
        for (const [revision, handle] of evolveAll(commits).entries())
          expect(answersOf(handle)).toEqual(modelOf(commits.slice(0, revision)))
      }),
    )
  })

  it('answers the same on an overlay as after real commits, and the overlay never reaches the state below', () => {
    fc.assert(
      fc.property(history, history, (first, second) => {
        const commits = [...commitsOf(first), ...commitsOf(second, first.length)]
        const below = evolveAll(commits.slice(0, first.length)).at(-1) as Handle
        const before = answersOf(below)
        const tried = evolveAll(commits.slice(first.length), overlay(below)).at(-1) as Handle
        expect(answersOf(tried)).toEqual(modelOf(commits))
        expect(answersOf(below)).toEqual(before)
      }),
    )
  })

  it('lets an older handle go on along a path of its own', () => {
    fc.assert(
      fc.property(history, history, fc.nat(), (first, second, pick) => {
        const handles = evolveAll(commitsOf(first))
        const at = pick % handles.length
        const branch = commitsOf(second, at)
        const tried = evolveAll(branch, handles[at]).at(-1) as Handle
        expect(answersOf(tried)).toEqual(modelOf([...commitsOf(first).slice(0, at), ...branch]))
        expect(answersOf(handles.at(-1) as Handle)).toEqual(modelOf(commitsOf(first)))
      }),
    )
  })

  it('answers the same from its rows, with later commits on top, as from the whole log', () => {
    fc.assert(
      fc.property(history, history, fc.integer({ min: 1, max: 9 }), (first, second, perPage) => {
        const commits = [...commitsOf(first), ...commitsOf(second, first.length)]
        const saved = evolveAll(commits.slice(0, first.length)).at(-1) as Handle
        const loading = restoring('log')
        const rows = [...rowsOf(saved)]
        for (let at = 0; at < rows.length; at += perPage)
          loading.addBytes(new TextEncoder().encode(JSON.stringify(rows.slice(at, at + perPage))))
        const loaded = loading.finish()
        expect(answersOf(loaded)).toEqual(answersOf(saved))
        expect(orderOf(loaded)).toEqual(orderOf(saved))
        expect(loaded.table.ids.size).toBe(saved.table.ids.size)
        // What is saved again is what was loaded.
        expect([...rowsOf(loaded)]).toEqual(rows)
        // Whoever looks at everything while commits come in still sees all of it, each once.
        const looking = [...loaded.spaces('')].map((space) => loaded.records(space)[Symbol.iterator]())
        const seen = looking.map((each) => each.next())
        const later = evolveAll(commits.slice(first.length), loaded).at(-1) as Handle
        const names = looking.map((each, index) =>
          seen[index]?.done === true
            ? []
            : [seen[index]?.value, ...({ [Symbol.iterator]: () => each } as Iterable<Resource>)].map((row) =>
                plain(row),
              ),
        )
        expect(names).toEqual([...loaded.spaces('')].map((space) => [...saved.records(space)].map(plain)))
        expect(orderOf(later)).toEqual(orderOf(evolveAll(commits).at(-1) as Handle))
        expect(later.table.ids.size).toBe(evolveAll(commits).at(-1)?.table.ids.size)
        expect(answersOf(later)).toEqual(modelOf(commits))
        const tried = evolveAll(commits.slice(first.length), overlay(saved)).at(-1) as Handle
        for (const state of [saved, later, tried])
          for (const prefix of ['over', 'override/', 'override/billing/', 'override/billing/tenant/p', 'config/b'])
            expect([...state.spaces(prefix)]).toEqual([...state.spaces('')].filter((space) => space.startsWith(prefix)))
      }),
    )
  })

  it('serves readers at the floor as before, and refuses older ones whatever they ask', () => {
    fc.assert(
      fc.property(history, fc.nat(), (steps, pick) => {
        const commits = commitsOf(steps)
        const handles = evolveAll(commits)
        const floor = pick % handles.length
        const { table } = handles[0] as Handle
        raiseFloor(table, floor)
        for (const handle of handles.slice(floor))
          expect(answersOf(handle)).toEqual(modelOf(commits.slice(0, handle.revision)))
        for (const handle of handles.slice(0, floor))
          for (const ask of [
            () => handle.get('config/billing', 'timeout'),
            () => [...handle.entries('namespace')],
            () => handle.names('config/billing'),
            () => handle.byId(idOf('namespace/billing')),
            () => handle.touched('namespace'),
            () => [...handle.referrers('config/billing/url')],
          ] satisfies readonly (() => unknown)[])
            expect(ask).toThrow(/kept longer/)
      }),
    )
  })

  it('stops a reader whose rows are cut away while it reads, instead of leaving rows out', () => {
    const put = (at: number): Step => ({ at, body: {} })
    const [, old, newest] = evolveAll(
      commitsOf([
        [put(2), put(3)],
        [put(2), put(3)],
      ]),
    )
    const reading = (old as Handle).records('config/billing')[Symbol.iterator]()
    expect(reading.next().done).toBe(false)
    raiseFloor((newest as Handle).table, 2)
    expect(() => reading.next()).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'stale_handle' }) }),
    )
  })
})

describe('a name that comes again after a delete', () => {
  const [, first, gone, again] = evolveAll(
    commitsOf([[{ at: 0, body: {} }], [{ at: 0, body: undefined }], [{ at: 0, body: { closed: true } }]]),
  ) as [Handle, Handle, Handle, Handle]

  it('keeps its id, and its version goes on', () => {
    expect(
      [first, gone, again]
        .map((state) => state.record('namespace', 'billing'))
        .map((row) => [row?.id, row?.version, row?.deleted]),
    ).toEqual([
      [idOf('namespace/billing'), 1, false],
      [idOf('namespace/billing'), 2, true],
      [idOf('namespace/billing'), 3, false],
    ])
  })

  it('has a new creation time and author, as it is new to those who see it', () => {
    expect(again.get('namespace', 'billing')).toMatchObject({ createdAt: 3000, createdBy: 'user:3', updatedAt: 3000 })
  })

  it('is not there in between, though its tombstone is', () => {
    expect(gone.get('namespace', 'billing')).toBeUndefined()
    expect([...gone.entries('namespace')]).toEqual([])
    expect(gone.names('namespace')).toEqual(['billing'])
  })
})

describe('repeats of a request', () => {
  const at = (revision: number, time: number): Commit => ({
    ...commitOf([{ at: 0, body: { value: revision } }], revision),
    time,
    actor: 'user:a',
  })
  const day = 24 * 3600 * 1000

  it('are known for 24 hours and forgotten after, the oldest first', () => {
    const [, , second] = evolveAll([at(1, 0), at(2, day - 1)]) as [Handle, Handle, Handle]
    expect(second.repeated('user:a', 'key 1')?.revision).toBe(1)
    const third = evolve(second, at(3, day))
    expect([1, 2, 3].map((revision) => third.repeated('user:a', `key ${revision}`)?.revision)).toEqual([
      undefined,
      2,
      3,
    ])
  })

  it('belong to one actor', () => {
    const [, state] = evolveAll([at(1, 0)]) as [Handle, Handle]
    expect(state.repeated('user:b', 'key 1')).toBeUndefined()
  })
})
