import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KonfigError } from '@konfig/core'
import { openMemory } from '../memory/index.ts'
import { emptyHead, sealBatch } from '../sealing/batch.ts'
import type { KeyRing, LogHead } from '../sealing/face.ts'
import { signCheckpoint } from '../sealing/checkpoint.ts'
import { signingOf } from '../sealing/signing.ts'
import { verifyLog } from '../sealing/verify.ts'
import type { Journal } from '../journal.ts'
import { chainOfLog, copyLog, copyTail } from './copy-log.ts'

const log = 'acme'
const signing = signingOf({ key: new Uint8Array(32).fill(4) })
const ring: KeyRing = {
  log,
  keys: [{ version: 1, createdAt: 0, key: new Uint8Array(32).fill(3) }],
  signedBy: signing,
}
const open = (): Journal => openMemory({ clock: { now: () => 0 } }).journal

const write = async (journal: Journal, sizes: readonly number[], from: LogHead = emptyHead): Promise<LogHead> => {
  let head = from
  for (const size of sizes) {
    const commits = Array.from({ length: size }, (_, at) => ({
      id: `${at}`,
      revision: head.revision + 1 + at,
      time: 0,
      actor: 'system',
      origin: { type: 'test' },
      platform: 0,
      changes: [],
    }))
    await journal.append([await sealBatch(ring, head, commits)])
    head = await chainOfLog(journal, log)
  }
  return head
}
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (reason: unknown) => (reason instanceof KonfigError ? reason.failure.code : reason),
  )

describe('the copy of a log', () => {
  it('is the very same rows, wherever an earlier copy of it was cut short', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
        fc.nat(8),
        async (sizes, cut) => {
          const [source, target] = [open(), open()]
          let left = cut
          const failing: Journal = {
            ...target,
            append: async (batches) => {
              if (left === 0) throw new Error('killed')
              left -= 1
              return target.append(batches)
            },
          }
          await write(source, sizes)
          await copyLog({ source, target: failing }, log).catch(() => undefined)
          const head = await copyLog({ source, target }, log)
          expect(head).toEqual(await chainOfLog(source, log))
          expect(await target.read(log, 0, 100)).toEqual(await source.read(log, 0, 100))
          await write(source, [2], head)
          await copyTail({ source, target }, log)
          expect(await target.read(log, 0, 100)).toEqual(await source.read(log, 0, 100))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is refused where the target went on otherwise, and nothing there is changed', async () => {
    const [source, target] = [open(), open()]
    const head = await write(source, [1, 1])
    await copyLog({ source, target }, log)
    await write(source, [1], head)
    await write(target, [1], head)
    const before = await target.read(log, 0, 100)
    expect(await codeOf(copyLog({ source, target }, log))).toBe('copy_diverges')
    await write(source, [1, 1], await chainOfLog(source, log))
    expect(await codeOf(copyLog({ source, target }, log))).toBe('copy_diverges')
    expect(await target.read(log, 0, 100)).toEqual(before)
  })

  it('leaves a target alone that went on behind the source, and tells one that did so otherwise', async () => {
    const [source, target, other] = [open(), open(), open()]
    const head = await write(source, [2])
    await copyLog({ source, target }, log)
    await write(target, [1], head)
    expect((await copyLog({ source, target }, log)).revision).toBe(3)
    await write(other, [2, 1])
    expect(await codeOf(copyLog({ source, target: other }, log))).toBe('copy_diverges')
  })

  it('takes a trimmed log with its checkpoint, also where it was killed before that was one', async () => {
    const [source, target] = [open(), open()]
    await write(source, [2, 1, 1])
    const at = await chainOfLog(source, log, 2)
    await source.trim(log, 3, signCheckpoint(signing, { log, ...at, until: 1, trimmed: 2, time: 2 }))
    await copyLog(
      {
        source,
        target: {
          ...target,
          trim: async () => {
            throw new Error('killed')
          },
        },
      },
      log,
    ).catch(() => undefined)
    expect((await copyLog({ source, target }, log)).revision).toBe(4)
    expect(await target.read(log, 0, 100)).toEqual(await source.read(log, 0, 100))
    expect((await verifyLog(target, log, ring)).ok).toBe(true)
  })

  it('names the row that was altered instead of copying it', async () => {
    const [source, target] = [open(), open()]
    await write(source, [1, 1])
    const rows = (await source.read(log, 0, 10)) as readonly { readonly payload: Uint8Array }[]
    const altered: Journal = {
      ...source,
      read: async (...asked) => {
        const page = await source.read(...asked)
        if (page === 'erased') return page
        return page.map((row) => (row.first === 2 ? { ...row, payload: rows[0]?.payload ?? row.payload } : row))
      },
    }
    expect(await codeOf(copyLog({ source: altered, target }, log))).toBe('journal_corrupt')
    expect(await target.head(log)).toBe(1)
  })
})
