// Reads an installation, or one tenant of it, as the entries of a backup. Owns what belongs in one and in which order; knows no file.
import { createHash } from 'node:crypto'
import { type Commit, failure, type Json, KonfigError, type LogId } from '@konfig/core'
import type { Checkpoint, SealedRecord } from '@konfig/journal'
import type { DirectoryEntry } from '../directory.ts'
import type { Ending, Entry, LogEntry, RecordEntry } from './entry.ts'
import { everyRecord, type Place, type Source, openSource } from './source.ts'

/**
 * What of the records goes along. Left out are sessions (who was logged in logs in again), claims and leases (of moments), key rings and heads (a
 * log that is restored gets a new key, and has another chain), what a store says of logs that left it, and the installation's own (its key travels in the
 * beginning).
 */
export const collections = {
  /** Before the logs: they say which logs there are. */
  directory: ['platform', 'tenants', 'tenant-ids'],
  /** After the logs: none may name what the logs do not have. */
  rest: ['users', 'user-emails', 'memberships', 'api-keys', 'invitations', 'tenant-work', 'usage', 'erasures'],
  left: [
    'sessions',
    'invitation-claims',
    'key-rings',
    'log-heads',
    'audit-rounds',
    'nodes',
    'moved-logs',
    'vacated',
    'copied',
    'installation',
  ],
} as const

/** Commits of one entry: as many as make a part of a megabyte or so, one where it alone is larger. */
const bytesOfEntry = 1024 * 1024

const asRecord = (collection: string, { id, value, expiresAt }: SealedRecord<Json>): RecordEntry => ({
  type: 'record',
  collection,
  id,
  value,
  ...(expiresAt === undefined ? {} : { expiresAt }),
})

/** A sum over commits, taken the same way when they are written and when they are read back. */
export const openDigest = () => {
  const hash = createHash('sha256')
  let head = 0
  return {
    /** Answers the bytes of the commit as JSON. */
    add: (commit: Commit): number => {
      const text = JSON.stringify(commit)
      hash.update(text).update('\n')
      head = commit.revision
      return text.length
    },
    sum: (log: LogId) => ({ log, head, digest: hash.digest('hex') }),
  }
}

const trimmedOf = ({ revision, hash, until, trimmed, time }: Checkpoint): NonNullable<LogEntry['trimmed']> => ({
  revision,
  hash: Buffer.from(hash).toString('hex'),
  until,
  trimmed,
  time,
})

async function* collectLog(source: Source, log: LogId): AsyncGenerator<Entry, Ending['logs'][number]> {
  const digest = openDigest()
  const begins = await source.begins(log)
  yield { type: 'log', log, ...(begins === undefined ? {} : { trimmed: trimmedOf(begins) }) }
  let commits: Commit[] = []
  let size = 0
  for await (const page of source.commits(log))
    for (const commit of page) {
      commits.push(commit)
      size += digest.add(commit)
      if (size < bytesOfEntry) continue
      yield { type: 'commits', log, commits }
      commits = []
      size = 0
    }
  if (commits.length > 0) yield { type: 'commits', log, commits }
  return digest.sum(log)
}

const logsOf = (source: Source, value: Json): readonly LogId[] => {
  const { config, access, journal } = value as {
    readonly config: LogId
    readonly access: LogId
    readonly journal?: string
  }
  for (const log of [config, access]) source.suppose(log, journal)
  return [config, access]
}

async function* collectLogs(source: Source, logs: readonly LogId[]): AsyncGenerator<Entry, Ending['logs']> {
  const sums: Ending['logs'][number][] = []
  for (const log of logs) sums.push(yield* collectLog(source, log))
  return sums
}

/** A whole installation. Tenants' logs come before the platform's, so that no commit was decided on a platform that the backup does not have. */
export async function* collectInstallation(place: Place): AsyncGenerator<Entry> {
  const source = await openSource(place)
  await source.refuseMoved()
  yield {
    type: 'installation',
    madeAt: place.clock.now(),
    key: Buffer.from(source.installation.key).toString('base64'),
  }
  let records = 0
  const ofTenants: LogId[] = []
  let ofPlatform: readonly LogId[] = []
  for (const collection of collections.directory)
    for await (const record of everyRecord<Json>(source.records, collection)) {
      if (collection === 'tenants') ofTenants.push(...logsOf(source, record.value))
      if (collection === 'platform') ofPlatform = logsOf(source, record.value)
      yield asRecord(collection, record)
      records += 1
    }
  const logs = yield* collectLogs(source, [...ofTenants, ...ofPlatform])
  for (const collection of collections.rest)
    for await (const record of everyRecord<Json>(source.records, collection)) {
      yield asRecord(collection, record)
      records += 1
    }
  yield { type: 'end', records, logs }
}

/** Whose key a verifier is of. */
const tenantOf = (value: Json): Json | undefined => (value as { readonly tenant?: Json }).tenant

/** One tenant: its logs, its API keys, and who its members are, so that they can be found where it is restored. Throws `resource_not_found`. */
export async function* collectTenant(place: Place, name: string): AsyncGenerator<Entry> {
  const source = await openSource(place)
  await source.refuseMoved()
  const found = await source.records.get<DirectoryEntry & { readonly [field: string]: Json }>('tenants', name)
  if (found === undefined || found.value.standing !== 'active')
    throw new KonfigError(failure('resource_not_found', { kind: 'tenant', name }))
  yield { type: 'installation', madeAt: place.clock.now(), tenant: name }
  yield asRecord('tenants', found)
  let records = 1
  const logs = yield* collectLogs(source, logsOf(source, found.value))
  for await (const record of everyRecord<Json>(source.records, 'api-keys')) {
    if (tenantOf(record.value) !== name) continue
    yield asRecord('api-keys', record)
    records += 1
  }
  yield { type: 'end', records, logs }
}
