// Ready-made answers by log, environment and namespace, within a bound of bytes. Owns what is kept and what goes; knows nothing of values.
// A hit costs three lookups and a flag: an entry that was used gets a second chance when its turn to go comes, so no list is kept in order.
import type { LogId } from '@konfig/core'
import type { Basis } from './basis.ts'
import { equalBasis } from './basis.ts'
import type { ReadyAnswer } from './face.ts'

export interface Entry extends ReadyAnswer {
  etag: string
  body: string | Buffer
  length: number
  basis: Basis
  used: boolean
  /** Counted against the bound; 0 once it is gone. */
  bytes: number
  readonly shelf: Shelf
  readonly form: Form
  readonly key: string
}

/** `whole`: the namespace. `key`: one key of it. `other`: any other form, under a name of its own. */
export type Form = 'whole' | 'key' | 'other'

/** The answers of one namespace in one environment of one log. */
export interface Shelf {
  readonly log: LogId
  readonly environment: string
  readonly namespace: string
  whole: Entry | undefined
  readonly keys: Map<string, Entry>
  readonly others: Map<string, Entry>
  /** The newest basis here: neighbours mostly rest on the same one and share it. */
  basis: Basis | undefined
}

export interface AnswerCache {
  readonly shelf: (log: LogId, environment: string, namespace: string) => Shelf | undefined
  /** Keeps an answer in the place of an older one; too large ones are not kept. Strings become keys: give those of the state, not parts of a URL. */
  readonly keep: (place: Place, form: Form, key: string, answer: ReadyAnswer, basis: Basis) => void
  /** Many who ask for the same thing while it is made wait for one making of it. */
  readonly share: (name: string, make: () => Promise<ReadyAnswer>) => Promise<ReadyAnswer>
  /** Lets go of all answers of a log. */
  readonly forget: (log: LogId) => void
  readonly bytes: () => number
  readonly count: () => number
}

export interface Place {
  readonly log: LogId
  readonly environment: string
  readonly namespace: string
}

export const defaultAnswerBytes = 512 * 2 ** 20
const entryBytes = 260
const shelfBytes = 900
/** So many in a row are spared before one goes all the same: no write waits for a walk through everything. */
const mostSpared = 64

const entryOf = (shelf: Shelf, form: Form, key: string): Entry | undefined =>
  form === 'whole' ? shelf.whole : (form === 'key' ? shelf.keys : shelf.others).get(key)

export const openAnswerCache = (maximumBytes: number = defaultAnswerBytes): AnswerCache => {
  const logs = new Map<LogId, Map<string, Map<string, Shelf>>>()
  const making = new Map<string, Promise<ReadyAnswer>>()
  /** In the order of arrival; those before `hand` have had their turn. */
  let ring: Entry[] = []
  let hand = 0
  let total = 0
  let count = 0

  const shelfAt = ({ log, environment, namespace }: Place): Shelf => {
    let environments = logs.get(log)
    if (environments === undefined) {
      environments = new Map()
      logs.set(log, environments)
    }
    let shelves = environments.get(environment)
    if (shelves === undefined) {
      shelves = new Map()
      environments.set(environment, shelves)
    }
    let shelf = shelves.get(namespace)
    if (shelf === undefined) {
      shelf = { log, environment, namespace, whole: undefined, keys: new Map(), others: new Map(), basis: undefined }
      shelves.set(namespace, shelf)
      total += shelfBytes
    }
    return shelf
  }

  const dropShelf = ({ log, environment, namespace }: Shelf): void => {
    total -= shelfBytes
    const environments = logs.get(log)
    const shelves = environments?.get(environment)
    shelves?.delete(namespace)
    if (shelves?.size === 0) environments?.delete(environment)
    if (environments?.size === 0) logs.delete(log)
  }

  const drop = (entry: Entry): void => {
    const { shelf, form, key } = entry
    if (form === 'whole') shelf.whole = undefined
    else (form === 'key' ? shelf.keys : shelf.others).delete(key)
    total -= entry.bytes
    entry.bytes = 0
    count--
    if (shelf.whole === undefined && shelf.keys.size === 0 && shelf.others.size === 0) dropShelf(shelf)
  }

  const makeRoom = (): void => {
    for (let spared = 0; total > maximumBytes && hand < ring.length; ) {
      const entry = ring[hand++] as Entry
      if (entry.bytes === 0) continue
      if (entry.used && spared < mostSpared) {
        entry.used = false
        spared++
        ring.push(entry)
      } else drop(entry)
    }
    if (hand > 4096 && hand * 2 > ring.length) {
      ring = ring.slice(hand)
      hand = 0
    }
  }

  return {
    shelf: (log, environment, namespace) => logs.get(log)?.get(environment)?.get(namespace),
    keep: (place, form, key, answer, fresh) => {
      const bytes = entryBytes + answer.length + 2 * key.length + (form === 'other' ? 64 * fresh.groups.length : 0)
      if (bytes > maximumBytes / 8) return
      const shelf = shelfAt(place)
      const shared =
        form !== 'other' && shelf.basis !== undefined && equalBasis(shelf.basis, fresh) ? shelf.basis : fresh
      if (shared === fresh) {
        if (form !== 'other') shelf.basis = fresh
      } else {
        shared.tenant = Math.max(shared.tenant, fresh.tenant)
        shared.platform = Math.max(shared.platform, fresh.platform)
      }
      const found = entryOf(shelf, form, key)
      if (found !== undefined) {
        total += bytes - found.bytes
        found.etag = answer.etag
        found.body = answer.body
        found.length = answer.length
        found.basis = shared
        found.bytes = bytes
      } else {
        const entry: Entry = {
          etag: answer.etag,
          body: answer.body,
          length: answer.length,
          basis: shared,
          used: false,
          bytes,
          shelf,
          form,
          key,
        }
        if (form === 'whole') shelf.whole = entry
        else (form === 'key' ? shelf.keys : shelf.others).set(key, entry)
        ring.push(entry)
        total += bytes
        count++
      }
      makeRoom()
    },
    share: (name, make) => {
      const known = making.get(name)
      if (known !== undefined) return known
      const made = make().finally(() => making.delete(name))
      making.set(name, made)
      return made
    },
    forget: (log) => {
      for (const shelves of logs.get(log)?.values() ?? [])
        for (const { whole, keys, others } of shelves.values())
          for (const entry of [whole, ...keys.values(), ...others.values()]) if (entry !== undefined) drop(entry)
    },
    bytes: () => total,
    count: () => count,
  }
}
