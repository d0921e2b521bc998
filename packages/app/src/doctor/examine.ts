// Looks at a whole installation: verifies every log from its first row, and holds the indexes over the logs against what the logs say.
// Promise: changes nothing but indexes, and those only when asked to mend; the logs are the truth.
import { KonfigError, type LogId, type Revision, type State } from '@konfig/core'
import { type KeptHead, type LogHead, verifyLog } from '@konfig/journal'
import type { App } from '../app.ts'
import { expectedHeads, notedLogs, toldHeads } from '../audit/heads.ts'
import type { DirectoryEntry } from '../directory.ts'
import { recordMembership } from '../identity/membership.ts'
import { confirmVerifier, dropVerifier, readVerifier, type Verifier, writeVerifier } from '../identity/verifier.ts'
import { certificateOf } from '../tenants/certificate.ts'
import { indexedEntry, indexTenant } from '../tenants/entry.ts'
import type { Damage } from './damage.ts'

export interface WrongIndex {
  readonly of: string
  readonly index: 'directory' | 'membership' | 'api key'
  readonly name: string
}

export interface Examined {
  readonly tenants: number
  readonly logs: number
  readonly damaged: readonly Damage[]
  readonly wrong: readonly WrongIndex[]
  /** Whether what is wrong was put right. */
  readonly mended: boolean
}

export interface Examine {
  readonly mend: boolean
  /** Heads that somebody kept elsewhere. */
  readonly heads?: readonly KeptHead[]
  /** Hears of each tenant before it is looked at. */
  readonly told?: (name: string) => void
}

interface Looking {
  readonly app: App
  /** Heads of each log, as they were kept elsewhere or told of in the platform's access log. */
  readonly kept: Map<LogId, LogHead[]>
  readonly seen: Set<LogId>
  readonly mend: boolean
  readonly damaged: Damage[]
  readonly wrong: WrongIndex[]
}

const reasonOf = (reason: unknown): string => {
  if (!(reason instanceof KonfigError) || reason.failure.code !== 'journal_corrupt') throw reason
  const { data, detail } = reason.failure
  const { log, reason: why } = data
  return typeof why === 'string' && typeof log === 'string' ? `${log}: ${why}` : detail
}

/** False where it is damaged: what such a log says is not taken for the truth. `least`: the revision that it cannot be without. */
const verified = async (
  { app, damaged, kept, seen }: Looking,
  of: string,
  log: LogId,
  least: Revision = 0,
): Promise<boolean> => {
  seen.add(log)
  const ring = await app.rings.load(log).catch((reason: unknown) => {
    damaged.push({ of, log, revision: 0, reason: `its key ring cannot be opened; ${reasonOf(reason)}` })
    return 'damaged' as const
  })
  if (ring === 'damaged') return false
  if (ring === undefined || ring === 'destroyed') {
    damaged.push({ of, log, revision: 0, reason: 'its key ring is missing' })
    return false
  }
  const found = await verifyLog(app.journal, log, ring, { heads: await expectedHeads(app, log, kept.get(log)) })
  if (!found.ok) damaged.push({ of, log, revision: found.revision, reason: found.reason })
  else if (found.head.revision < least) damaged.push({ of, log, revision: 1, reason: 'the whole log is gone' })
  else return true
  return false
}

const sameVerifier = (there: Verifier | undefined, right: Verifier): boolean =>
  there?.tenant === right.tenant && there?.name === right.name && there.hash === right.hash

const examineKeys = async ({ app, mend, wrong }: Looking, of: string, tenant: string | undefined, state: State) => {
  for (const { name, body } of state.entries('apiKey')) {
    const { keyId, hash } = body
    if (typeof keyId !== 'string' || typeof hash !== 'string') continue
    const right = { tenant, name, hash }
    const there = await readVerifier(app, keyId)
    if (sameVerifier(there?.value, right)) continue
    wrong.push({ of, index: 'api key', name })
    if (!mend) continue
    await dropVerifier(app, keyId)
    await writeVerifier(app, keyId, right)
    await confirmVerifier(app, keyId)
  }
}

const examineMembers = async ({ app, mend, wrong }: Looking, of: string, state: State): Promise<void> => {
  for (const { name } of state.entries('member')) {
    if ((await app.records.get('memberships', `${name}/${of}`)) !== undefined) continue
    wrong.push({ of, index: 'membership', name })
    if (mend) await recordMembership(app, name, of)
  }
}

/** All but the revision that it was read at, in one order. */
const saying = (entry: DirectoryEntry): string =>
  JSON.stringify(
    Object.entries(entry)
      .filter(([field]) => field !== 'indexed')
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )

const examineTenant = async (looking: Looking, entry: DirectoryEntry): Promise<void> => {
  const { app, mend, wrong } = looking
  const { name, config, access } = entry
  await verified(looking, name, access)
  if (!(await verified(looking, name, config, 1))) return
  const state = (await app.logs.hold(config)).state()
  const right = indexedEntry({ ...entry, indexed: -1 }, state)
  if (saying(right) !== saying(entry)) {
    wrong.push({ of: name, index: 'directory', name })
    if (mend) {
      await app.directory.update(name, (found) => ({ ...found, indexed: -1 }))
      await indexTenant(app, entry)
    }
  }
  await examineMembers(looking, name, state)
  await examineKeys(looking, name, name, state)
}

/** Nobody can read what it held; that its chain ends where the certificate says can be seen without a key. */
const examineErased = async ({ app, damaged }: Looking, { id, name, config }: DirectoryEntry): Promise<void> => {
  const known = (await certificateOf(app, id))?.certificate.log
  // Restored, it has another id and nothing in it; a copy of the installation leaves its rows where they were.
  if (known === undefined || known.id !== config || (await app.journal.head(config)) === 'erased') return
  const chain = await verifyLog(app.journal, config)
  if (!chain.ok) damaged.push({ of: name, log: config, revision: chain.revision, reason: chain.reason })
  else if (Buffer.from(chain.head.hash).toString('hex') !== known.hash)
    damaged.push({
      of: name,
      log: config,
      revision: chain.head.revision,
      reason: 'it does not end as its certificate says',
    })
}

/** Of a tenant that was erased its access log stays, until its time is over. */
const verifyClosed = async (looking: Looking, entry: DirectoryEntry): Promise<void> => {
  const { name, config, access } = entry
  looking.seen.add(config)
  await verified(looking, name, access)
  await examineErased(looking, entry)
}

const keep = ({ kept }: Looking, heads: Iterable<readonly [LogId, LogHead]>): void => {
  for (const [log, head] of heads) kept.set(log, [...(kept.get(log) ?? []), head])
}

/** Logs that were there once and that nobody names any more. Those that the journal says were erased went the proper way. */
const findGone = async ({ app, kept, seen, damaged }: Looking): Promise<void> => {
  const look = async (log: LogId): Promise<void> => {
    if (seen.has(log)) return
    seen.add(log)
    const heads = await Promise.all([...app.places.stores.values()].map(({ journal }) => journal.head(log)))
    if (heads.every((head) => head === 0))
      damaged.push({ of: 'nobody', log, revision: 1, reason: 'the whole log is gone, and its tenant with it' })
  }
  for (const log of kept.keys()) await look(log)
  for await (const log of notedLogs(app)) await look(log)
}

/** Rejects with `unavailable`. */
export const examine = async (app: App, { mend, heads = [], told = () => undefined }: Examine): Promise<Examined> => {
  const looking: Looking = { app, mend, kept: new Map(), seen: new Set(), damaged: [], wrong: [] }
  keep(
    looking,
    heads.map((head) => [head.log, head]),
  )
  told('platform')
  // The log that tells of the heads of others comes first: what it says counts where it verifies itself.
  if (await verified(looking, 'platform', app.platformAccess)) keep(looking, await toldHeads(app))
  const whole = await verified(looking, 'platform', app.platform.log, 1)
  if (whole) await examineKeys(looking, 'platform', undefined, app.platform.state())
  let tenants = 0
  for await (const entry of app.directory.every()) {
    if (entry.standing === 'closed') await verifyClosed(looking, entry)
    if (entry.standing !== 'active') continue
    told(entry.name)
    tenants += 1
    // What of one tenant cannot be read keeps nobody from looking at the next.
    await examineTenant(looking, entry).catch((reason: unknown) => {
      looking.damaged.push({ of: entry.name, log: entry.config, revision: 0, reason: reasonOf(reason) })
    })
    app.logs.forget(entry.config)
  }
  await findGone(looking)
  const { damaged, wrong } = looking
  return { tenants, logs: 2 * tenants + 2, damaged, wrong, mended: mend && wrong.length > 0 }
}
