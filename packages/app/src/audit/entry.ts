// One line of the audit view: a commit of the config log, or an event of the access log, in one shape.
import type { Commit, Json } from '@konfig/core'
import type { NameActor, NamedActor } from '../identity/names.ts'

export interface AuditResource {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly environment?: string
  readonly op: 'put' | 'delete'
}

export interface AuditEntry {
  readonly id: string
  readonly time: string
  readonly log: 'config' | 'access'
  readonly revision: number
  /** `change`, `import`, `rollback`, `revert`, `restore` … for commits; for access events their own type. */
  readonly type: string
  readonly actor: NamedActor
  /** What an access event was about. */
  readonly resource: string | null
  /** What a commit changed, the first hundred. */
  readonly resources: readonly AuditResource[]
  readonly changes: number
  readonly message: string | null
  readonly request: string | null
  readonly data: { readonly [name: string]: Json }
}

const maximumShown = 100

export const typeOf = (commit: Commit, log: AuditEntry['log']): string => {
  // The machinery notes facts of the config log there, too.
  if (typeof commit.note?.['type'] === 'string') return commit.note['type']
  if (log === 'access') return 'event'
  return commit.origin.type === 'api' ? 'change' : commit.origin.type
}

const noteResource = ({ note }: Commit): string | undefined =>
  typeof note?.['resource'] === 'string' ? note['resource'] : undefined

const noteData = ({ note }: Commit): AuditEntry['data'] => {
  const data = note?.['data']
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as AuditEntry['data']) : {}
}

/** Whether an entry is about a resource: its id, its name, `kind/name`, `namespace/name` or `kind/namespace/name`. */
export const isAbout = (commit: Commit, wanted: string): boolean => {
  const about = noteResource(commit)
  if (about === wanted || about?.slice(about.indexOf('/') + 1) === wanted) return true
  return commit.changes.some(({ id, kind, name, namespace }) => {
    const path = namespace === undefined ? name : `${namespace}/${name}`
    return wanted === id || wanted === name || wanted === path || wanted === `${kind}/${path}`
  })
}

export const entryOf = async (commit: Commit, log: AuditEntry['log'], nameActor: NameActor): Promise<AuditEntry> => ({
  id: commit.id,
  time: new Date(commit.time).toISOString(),
  log,
  revision: commit.revision,
  type: typeOf(commit, log),
  actor: await nameActor(commit.actor),
  resource: noteResource(commit) ?? null,
  resources: commit.changes.slice(0, maximumShown).map(({ kind, name, namespace, environment, op }) => ({
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(environment === undefined ? {} : { environment }),
    op,
  })),
  changes: commit.changes.length,
  message: commit.message ?? null,
  request: commit.origin.request ?? null,
  data: noteData(commit),
})
