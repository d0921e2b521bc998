// What stands in the table: keys, attributes, and how they are written for the service. Knows nothing of when they are written.
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { LogId, Millis, Revision } from '@konfig/core'
import { unavailable } from '@konfig/journal'

/** Partition and sort key. Both are printable ASCII, which sorts alike here and in JavaScript. */
export interface Key {
  readonly p: string
  readonly s: string
}

/**
 * Every attribute there is. A batch is (log/<log>, <first>): its bytes stand in it, or, where it has `parts`, beside it in pieces.
 * `gone` rows hold nothing any more but their place, so that nothing can land there; the one at the first revision of an erased log
 * stays for good. `i` and `at` put an item into the index: under `change/` with the time of its writer, under `expiry/` with the time from
 * which the sweep looks at it. `ttl`: whole seconds, from when the service itself may remove it.
 */
export interface Item extends Key {
  readonly last?: Revision
  readonly digest?: Uint8Array
  readonly bytes?: number
  readonly parts?: number
  readonly payload?: Uint8Array
  readonly checkpoint?: boolean
  readonly gone?: 'trimmed' | 'erased'
  readonly i?: string
  readonly at?: Millis
  readonly ttl?: number
  /** Of a record. */
  readonly version?: string
  readonly value?: Uint8Array
  readonly until?: Millis
  /** Of a snapshot. */
  readonly whole?: boolean
  readonly started?: Millis
  /** Of the table. */
  readonly format?: number
  readonly id?: string
  readonly pulse?: number
}

export type Plain = string | number | boolean | Uint8Array

/** A place in a log as text that sorts as the number does. */
export const place = (revision: Revision): string => String(revision).padStart(16, '0')

export const logPart = (log: LogId): string => `log/${log}`
export const batchKey = (log: LogId, first: Revision): Key => ({ p: logPart(log), s: place(first) })
export const firstOf = ({ s }: Key): Revision => Number(s)
export const logOf = ({ p }: Key): LogId => p.slice(p.indexOf('/') + 1)

export const piecesPart = (log: LogId): string => `parts/${log}`
/** The mark of a batch in pieces: there while it may be unfinished. Its pieces are named by it, and so by its digest. */
export const markKey = (log: LogId, first: Revision, digest: Uint8Array): Key => ({
  p: piecesPart(log),
  s: `${place(first)}/${Buffer.from(digest).toString('hex')}`,
})
export const pieceKey = (mark: Key, at: number): Key => ({ p: mark.p, s: `${mark.s}/${String(at).padStart(4, '0')}` })

export const snapshotsPart = (log: LogId): string => `snapshots/${log}`
export const snapshotPiecesPart = (log: LogId): string => `snapshot/${log}`

export const recordPart = (collection: string): string => `record/${collection}`

export const installationKey: Key = { p: 'konfig', s: 'installation' }
export const pulseKey: Key = { p: 'konfig', s: 'pulse' }

/** A payload up to this stands in its item, which may have 400 KB with everything; more goes in pieces of this. */
export const pieceBytes = 380 * 1024

/** One partition of an index takes 1,000 writes a second; each question for changes asks all of them. */
export const indexParts = [0, 1, 2, 3] as const
export interface Indexed {
  readonly i: string
  readonly at: Millis
}

const anyPart = (): number => Math.floor(Math.random() * indexParts.length)
export const asChange = (now: Millis): Indexed => ({ i: `change/${anyPart()}`, at: now })
export const asExpiring = (at: Millis): Indexed => ({ i: `expiry/${anyPart()}`, at })

/** The service may take what ends at this time; a clock that is a minute behind still has it. */
export const ttlOf = (until: Millis): number => Math.ceil((until + 60_000) / 1000)

const attributeOf = (value: Plain): AttributeValue => {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  return typeof value === 'boolean' ? { BOOL: value } : { B: value }
}

export const attributesOf = (values: {
  readonly [name: string]: Plain | undefined
}): Record<string, AttributeValue> => {
  const found: Record<string, AttributeValue> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) found[name] = attributeOf(value)
  return found
}

const plainOf = (attribute: AttributeValue): Plain => {
  if (attribute.S !== undefined) return attribute.S
  if (attribute.N !== undefined) return Number(attribute.N)
  return attribute.B ?? attribute.BOOL ?? ''
}

export const itemOf = (attributes: Record<string, AttributeValue>): Item => {
  const item: Record<string, Plain> = {}
  for (const [name, attribute] of Object.entries(attributes)) item[name] = plainOf(attribute)
  const { p, s } = item
  if (typeof p !== 'string' || typeof s !== 'string') throw unavailable(new Error('an item without its key'))
  return { ...item, p, s }
}
