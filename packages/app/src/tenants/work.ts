// What is under way with tenants: a note made before the first step and dropped after the last, so that the sweeper finds what was cut short
// without walking the directory. Owns the notes; what is done about them is in sweep.ts.
import type { ActorId, LogId, Millis } from '@konfig/core'
import type { App } from '../app.ts'
import type { Lived } from '../directory.ts'
import type { Erasure } from './certificate.ts'

export interface TenantWork {
  /** `create`: from reservation to activation; `index`: the log was written, the directory may not know; `close`: the log is being erased; `reach`: it was, but for places that were not reached. */
  readonly type: 'create' | 'index' | 'close' | 'reach'
  readonly id: string
  readonly name: string
  readonly config: LogId
  readonly access: LogId
  /** Where they are, if not in the main journal; said of a creation, which the directory may not know any more. */
  readonly journal?: string | undefined
  readonly since: Millis
  /** Of a change: told apart from others of the same tenant, each of which ends by itself. */
  readonly turn?: string
  /** Of an erasure: who asked for it. */
  readonly by?: { readonly actor: ActorId; readonly request: string }
  /** Of an erasure: it goes on though known places are not reached. */
  readonly leave?: true
  /** The places where the key is to be destroyed, and those that are not reached. */
  readonly reached?: readonly Lived[]
  readonly left?: readonly Lived[]
  /** Of an erasure: what will be certified, once nothing is left to do but destroy the key. */
  readonly erasure?: Erasure
}

const collection = 'tenant-work'

type WorkKey = Pick<TenantWork, 'type' | 'id' | 'turn'>

const keyOf = ({ type, id, turn }: WorkKey): string => (turn === undefined ? `${id}.${type}` : `${id}.${type}.${turn}`)

/** What another had noted of the same work, further on, holds: what will be certified, and which places were reached. */
const joined = (work: TenantWork, known: TenantWork | undefined): TenantWork => {
  if (known === undefined || known.config !== work.config) return work
  if (work.type === 'close') return known.erasure === undefined ? { ...known, ...work } : { ...work, ...known }
  const open = new Set(known.left?.map(({ id, log }) => `${id} ${log}`))
  return work.left === undefined || known.left === undefined
    ? work
    : { ...work, left: work.left.filter(({ id, log }) => open.has(`${id} ${log}`)) }
}

/** Durable when it resolves, with what it answers: the same work noted twice, by several at once as well, is one note. */
export const noteWork = async (app: App, work: TenantWork): Promise<TenantWork> => {
  for (;;) {
    const known = await app.records.get<TenantWork>(collection, keyOf(work))
    const next = joined(work, known?.value)
    if ((await app.records.put(collection, keyOf(work), known?.version, next)) !== undefined) return next
  }
}

export const dropWork = async (app: App, work: WorkKey): Promise<void> => {
  const known = await app.records.get<TenantWork>(collection, keyOf(work))
  if (known !== undefined) await app.records.delete(collection, keyOf(work), known.version)
}

/** All that is noted, oldest id first, in pages that do not grow. */
export async function* workUnderWay(app: App): AsyncIterable<TenantWork> {
  let after: string | undefined
  for (;;) {
    const found = await app.records.list<TenantWork>(collection, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    })
    for (const { value } of found) {
      for (const log of [value.config, value.access]) app.places.suppose(log, value.journal)
      yield value
    }
    after = found.at(-1)?.id
    if (after === undefined || found.length < 100) return
  }
}
