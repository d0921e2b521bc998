// Asks the server what a list of changes would do, and makes it: on exactly the revision that was shown. Knows nothing of files.
import type { Manifest } from '@konfig/files'
import type { Deps } from '../verb.ts'
import { isCommandError, refuse } from '../problem/problem.ts'

export interface Change {
  readonly op: 'put' | 'delete'
  readonly resource: Omit<Manifest, 'spec'> & { readonly spec?: Manifest['spec'] }
}

export interface PreviewedChange {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly environment?: string
  readonly op: 'create' | 'update' | 'delete' | 'none'
  readonly before: unknown
  readonly after: unknown
  /** Of what is there now. */
  readonly labels: Readonly<Record<string, string>> | null
  readonly last: { readonly at: string; readonly by: string; readonly deleted: boolean } | null
}

export interface PreviewedValue {
  readonly environment: string
  readonly namespace: string
  readonly key: string
  readonly op: 'create' | 'update' | 'delete'
  readonly before: unknown
  readonly after: unknown
}

export interface Preview {
  readonly revision: number
  readonly changes: readonly PreviewedChange[]
  readonly values: readonly PreviewedValue[]
  readonly more: boolean
  readonly hidden: number
}

export const previewOf = async (changes: readonly Change[], ifRevision: number, { client }: Deps): Promise<Preview> =>
  (await client.ask({ method: 'POST', path: '/preview', body: { changes, ifRevision } })).body as Preview

export interface Applied {
  readonly revision: number
  readonly commit: string | null
}

/** One commit, or nothing: also where the connection breaks, since the whole list is one request. */
export const applyChanges = async (
  changes: readonly Change[],
  ifRevision: number,
  message: string | undefined,
  { client, newId }: Deps,
): Promise<Applied> => {
  try {
    const { body } = await client.ask({
      method: 'POST',
      path: '/changes',
      body: { changes, ifRevision, ...(message === undefined ? {} : { message }) },
      headers: { 'idempotency-key': newId() },
    })
    return body as Applied
  } catch (reason) {
    if (!isCommandError(reason) || reason.problem.code !== 'revision_moved') throw reason
    return refuse(
      {
        ...reason.problem,
        detail: 'Somebody changed the tenant after this was shown; nothing was done.',
        next: 'Run it again to see what it does now.',
      },
      reason,
    )
  }
}
