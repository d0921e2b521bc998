// The second pass over the records of a copy: what the source got after the first goes to the target, where the target did not change the same record
// by itself meanwhile. Owns the decision for each record, and the list of what the first pass copied, without which it could not be made.
import { failure, KonfigError } from '@konfig/core'
import type { Records, StoredRecord } from '../records.ts'
import { settle } from '../sealing/settle.ts'
import { type Copied, everyStored, replaceRecord } from './copy-records.ts'

const collection = 'copied'
/** Ids and versions have at most 255 and 64 bytes, and a record holds 256 KiB. */
const pageSize = 500

interface Page {
  readonly of: string
  readonly ids: readonly (readonly [string, string])[]
}

/** By collection. */
export type CopiedRecords = ReadonlyMap<string, Copied>

export const dropCopied = async (target: Records): Promise<void> => {
  for await (const { id, version } of everyStored(target, collection))
    await settle(() => target.delete({ collection, id }, version), 'the list of what was copied')
}

/** Kept in the target, so that a copy that is cut short behind its first pass knows later what that was. */
export const saveCopied = async (target: Records, copied: CopiedRecords): Promise<void> => {
  await dropCopied(target)
  let number = 0
  for (const [of, all] of copied) {
    const ids = [...all]
    for (let at = 0; at < ids.length; at += pageSize) {
      const page: Page = { of, ids: ids.slice(at, at + pageSize) }
      const id = String(number++).padStart(8, '0')
      const [version, value] = [crypto.randomUUID(), Buffer.from(JSON.stringify(page))]
      await settle(
        () => target.put({ collection, id, expected: undefined, version, value }),
        'the list of what was copied',
      )
    }
  }
}

/** undefined where there is none: no second pass is owed. The first page goes first, so what is left without it is of a pass that was done. */
export const readCopied = async (target: Records): Promise<CopiedRecords | undefined> => {
  const copied = new Map<string, Map<string, string>>()
  for await (const { id, value } of everyStored(target, collection)) {
    if (copied.size === 0 && Number(id) !== 0) return undefined
    const { of, ids } = JSON.parse(Buffer.from(value).toString()) as Page
    copied.set(of, new Map([...(copied.get(of) ?? []), ...ids]))
  }
  return copied.size === 0 ? undefined : copied
}

interface Both {
  readonly id: string
  readonly here: StoredRecord | undefined
  readonly there: StoredRecord | undefined
}

/** The records of both, side by side, in order of id. */
async function* sideBySide(source: Records, target: Records, of: string): AsyncGenerator<Both> {
  const [left, right] = [everyStored(source, of), everyStored(target, of)]
  let [here, there] = [(await left.next()).value, (await right.next()).value]
  while (here !== undefined || there !== undefined) {
    const id = there === undefined || (here !== undefined && here.id <= there.id) ? here?.id : there.id
    if (id === undefined) return
    const [one, other] = [here?.id === id ? here : undefined, there?.id === id ? there : undefined]
    yield { id, here: one, there: other }
    if (one !== undefined) here = (await left.next()).value
    if (other !== undefined) there = (await right.next()).value
  }
}

/**
 * Brings over what the source has made, changed or dropped since the first pass. What the target changed since is left to it: it was served. Answers how
 * many records were brought. Rejects with `copy_differs` where a record is of the same version and not of the same bytes.
 */
export const settleRecords = async (source: Records, target: Records, of: string, copied: Copied): Promise<number> => {
  let brought = 0
  for await (const { id, here, there } of sideBySide(source, target, of)) {
    if (here !== undefined && here.version === there?.version) {
      if (Buffer.compare(here.value, there.value) === 0) continue
      throw new KonfigError(failure('copy_differs', { what: `record ${id} of ${of}` }))
    }
    const first = copied.get(id)
    if (here?.version === first || there?.version !== first) continue
    if (here !== undefined) await replaceRecord(target, here, there?.version)
    else if (there !== undefined)
      await settle(() => target.delete({ collection: of, id }, there.version), 'a record of the copy')
    brought += 1
  }
  return brought
}
