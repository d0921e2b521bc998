// Reads the log as it is: the newest commits in between, all of it with what each key went through in the end.
import { ask } from '../../harness/client.ts'
import { field } from '../../harness/session.ts'
import type { Entry, Look } from '../history/history.ts'
import { namespace } from './tenant.ts'

interface Summary {
  readonly revision: number
  readonly id: string
  readonly time: string
  readonly message?: string
}

interface Version {
  readonly version: number
  readonly value: string
  readonly revision: number
}

export interface Source {
  readonly url: string
  readonly key: string
}

const get = async ({ url, key }: Source, path: string, cursor: string | null) => {
  const query = { limit: '1000', ...(cursor === null ? {} : { cursor }) }
  return ask({ url }, { method: 'GET', path, query, credential: key })
}

/** All items of a list, until one of them is too old. */
const walk = async <T>(source: Source, path: string, enough: (item: T) => boolean): Promise<readonly T[]> => {
  const found: T[] = []
  for (let cursor: string | null = null; ; ) {
    const reply = await get(source, path, cursor)
    const items = field<readonly T[]>(reply, 'items')
    found.push(...items.filter((item) => !enough(item)))
    cursor = field<string | null>(reply, 'next')
    if (cursor === null || items.some(enough)) return found
  }
}

/** What the newest commits are at this moment. */
export const look = async (source: Source, before: number): Promise<readonly Look[]> =>
  field<readonly Summary[]>(await get(source, '/commits', null), 'items')
    .filter(({ revision }) => revision > before)
    .map(({ revision, id }) => ({ revision, id }))

/** None where nobody has written it yet. */
const versionsOf = (source: Source, key: string): Promise<readonly Version[]> =>
  walk<Version>(source, `/namespaces/${namespace}/configs/${key}/history`, () => false).catch((reason: unknown) => {
    if (String(reason).includes(' 404 ')) return []
    throw reason
  })

/** The whole log after that revision. */
export const collect = async (source: Source, before: number, keys: readonly string[]): Promise<readonly Entry[]> => {
  const commits = await walk<Summary>(source, '/commits', ({ revision }) => revision <= before)
  const histories = await Promise.all(keys.map(async (key) => ({ key, versions: await versionsOf(source, key) })))
  const changes = Map.groupBy(
    histories.flatMap(({ key, versions }) => versions.map((version) => ({ key, ...version }))),
    ({ revision }) => revision,
  )
  return commits
    .map(({ revision, id, time, message }) => ({
      revision,
      id,
      time: Date.parse(time),
      label: message ?? '',
      changes: (changes.get(revision) ?? []).map(({ key, value, version }) => ({ key, value, version })),
    }))
    .toSorted((a, b) => a.revision - b.revision)
}

/** What the server itself says of the chain of hashes; undefined where it holds. */
export const verify = async ({ url, key }: Source): Promise<string | undefined> => {
  const reply = await ask({ url }, { method: 'POST', path: '/audit/verify', credential: key })
  return reply.status === 200 && field<boolean>(reply, 'ok') ? undefined : reply.text.slice(0, 500)
}
