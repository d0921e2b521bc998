// Brings one tenant back into an installation that runs or ran: from a backup of that tenant, or of a whole installation. Its logs get new ids
// and keys; the directory turns to them in one step. Promise: until that step the tenant is as it was before.
import { failure, KonfigError, type LogId } from '@konfig/core'
import { mainJournal } from '@konfig/journal'
import type { App } from '../app.ts'
import { type DirectoryEntry, inJournal, livingIn } from '../directory.ts'
import { recordMembership } from '../identity/membership.ts'
import { readUser } from '../identity/user.ts'
import { indexTenant } from '../tenants/entry.ts'
import type { Ending, Entry, RecordEntry } from './entry.ts'
import { begin, openRewriting } from './restore.ts'

export interface RestoreTenant {
  /** Which one, where the backup is of a whole installation. */
  readonly name: string | undefined
  /** An active tenant of that name and id may be replaced: its configuration log is erased. */
  readonly replace: boolean
}

export interface RestoredTenant {
  readonly name: string
  readonly commits: number
  readonly keys: number
  readonly members: number
  /** Members who are no users of this installation: to be invited anew. */
  readonly strangers: number
}

const wrong = (reason: string): KonfigError => new KonfigError(failure('archive_unreadable', { reason }))

const wanted = (name: string | undefined, only: string | undefined): string => {
  if (only !== undefined && name !== undefined && only !== name)
    throw new KonfigError(failure('resource_not_found', { kind: 'tenant', name }))
  const found = only ?? name
  if (found === undefined) throw wrong('it holds a whole installation; say which tenant')
  return found
}

/** Whether the name is free for it, or its own. */
const mayTake = (there: DirectoryEntry | undefined, { id, name }: DirectoryEntry, replace: boolean): void => {
  if (there === undefined) return
  if (there.id !== id || (there.standing !== 'closed' && !replace))
    throw new KonfigError(failure('already_exists', { kind: 'tenant', name }))
}

const keyOf = (entry: RecordEntry): { readonly tenant?: unknown } => entry.value as { readonly tenant?: unknown }

const restoreMembers = async (
  app: App,
  name: string,
  config: LogId,
): Promise<{ members: number; strangers: number }> => {
  const state = (await app.logs.hold(config)).state()
  let members = 0
  let strangers = 0
  for (const member of state.entries('member')) {
    if ((await readUser(app, member.name)) === undefined) strangers += 1
    else {
      await recordMembership(app, member.name, name)
      members += 1
    }
  }
  return { members, strangers }
}

/** Refusals: `archive_unreadable`, `resource_not_found` where the backup has no such tenant, `already_exists`. */
export const restoreTenant = async (
  app: App,
  entries: AsyncIterable<Entry>,
  { name, replace }: RestoreTenant,
): Promise<RestoredTenant> => {
  const { beginning, rest } = await begin(entries)
  const tenant = wanted(name, beginning.tenant)
  const rewriting = openRewriting(app.journal, app.rings, app.signing, app.ports.newId)
  const keys: RecordEntry[] = []
  let stored: DirectoryEntry | undefined
  let ending: Ending | undefined

  const mine = (log: LogId): boolean => stored !== undefined && (log === stored.config || log === stored.access)

  try {
    for await (const entry of rest) {
      if (entry.type === 'record' && entry.collection === 'tenants' && entry.id === tenant) {
        const there = (await app.directory.entry(tenant))?.value
        // It gets other logs, which were nowhere yet.
        const { lived: _, ...given } = entry.value as unknown as DirectoryEntry
        stored = inJournal(given, there?.journal ?? mainJournal)
        mayTake(there, stored, replace)
        // It comes back to the journal that it is in now.
        for (const log of [stored.config, stored.access]) app.places.suppose(rewriting.idOf(log), stored.journal)
      } else if (entry.type === 'record' && entry.collection === 'api-keys' && keyOf(entry).tenant === tenant)
        keys.push(entry)
      else if (entry.type === 'log' && mine(entry.log)) await rewriting.begin(entry)
      else if (entry.type === 'commits' && mine(entry.log)) await rewriting.append(entry.log, entry.commits)
      else if (entry.type === 'end') ending = entry
    }
    if (stored === undefined || stored.standing === 'closed')
      throw new KonfigError(failure('resource_not_found', { kind: 'tenant', name: tenant }))
    if (ending === undefined) throw wrong('its end is missing')
    rewriting.prove({ ...ending, logs: ending.logs.filter(({ log }) => mine(log)) })
  } catch (reason) {
    if (stored !== undefined) for (const log of [stored.config, stored.access]) await app.eraseLog(rewriting.idOf(log))
    throw reason
  }

  const fresh = { ...stored, config: rewriting.idOf(stored.config), access: rewriting.idOf(stored.access) }
  const before = (await app.directory.entry(tenant))?.value
  if (before === undefined) await app.directory.reserve(fresh)
  else
    await app.directory.update(tenant, (there) => {
      mayTake(there, fresh, replace)
      // Its former log, which is erased, was in those as well.
      return livingIn(fresh, there.lived ?? [])
    })
  if (before !== undefined) await app.eraseLog(before.config)
  for (const key of keys) await app.records.put('api-keys', key.id, undefined, key.value, key.expiresAt)
  await indexTenant(app, fresh)
  return {
    name: tenant,
    commits: rewriting.commits(),
    keys: keys.length,
    ...(await restoreMembers(app, tenant, fresh.config)),
  }
}
