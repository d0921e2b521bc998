// Follows resolved values with the SDK: streaming, polling behind it, and last known values while the server is away.
// Owns what of the settings the SDK is told; must not know what is done with the values.
import { readFileSync } from 'node:fs'
import { connect, isKonfigUnavailable, type Konfig } from '@konfig/sdk'
import { environmentFlag, namespaceFlag } from '../flags.ts'
import { refuse, usage } from '../problem/problem.ts'
import { type Deps, type Flag, type Given, textOf } from '../verb.ts'

export interface Followed {
  readonly namespace: string | undefined
  readonly application: string | undefined
  readonly cache: string | undefined
}

export const followFlags: readonly Flag[] = [
  environmentFlag,
  namespaceFlag,
  { name: 'application', short: 'a', value: 'NAME', description: 'What this application reads' },
  {
    name: 'cache',
    value: 'FILE',
    description: 'Keep the last known values here, and use them while the server is away',
  },
]

export const followedOf = (given: Given): Followed => {
  const [namespace, application] = [textOf(given, 'namespace'), textOf(given, 'application')]
  if (namespace !== undefined && application !== undefined)
    usage('A namespace and an application are named.', 'Name one of them.')
  return { namespace, application, cache: textOf(given, 'cache') }
}

/** What is followed, as the API and the SDK call it. */
export const scopeOf = ({ namespace, application }: Followed, { settings }: Deps) => {
  const within = application === undefined ? (namespace ?? settings.namespace) : undefined
  return { environment: settings.environment, namespace: within, application }
}

/** The SDK's requests go through the platform's own `fetch`, which trusts what Node trusts. */
const trustAlso = (file: string): void => {
  const { getCACertificates, setDefaultCACertificates } = process.getBuiltinModule('node:tls')
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')])
}

const bearer = async ({ client }: Deps): Promise<string> => {
  const { headers } = await client.prepare({ path: '/auth/me' })
  return headers['authorization']?.replace(/^Bearer /, '') ?? ''
}

/** Asked once by the ordinary way, so that what is wrong is told as for any other command; then followed. */
export const follow = async (followed: Followed, deps: Deps, stale: (why: string) => void): Promise<Konfig> => {
  const { settings, client } = deps
  const { environment, namespace, application } = scopeOf(followed, deps)
  if (followed.cache === undefined)
    await client.ask({ path: '/values', query: { environment, namespace, application } })
  if (settings.caFile !== undefined) trustAlso(settings.caFile)
  try {
    return await connect({
      url: settings.url,
      apiKey: () => bearer(deps),
      ...(environment === undefined ? {} : { environment }),
      ...(application === undefined ? {} : { application }),
      ...(namespace === undefined ? {} : { namespaces: [namespace] }),
      ...(followed.cache === undefined ? {} : { cache: followed.cache }),
      on: { stale: ({ reason, detail }) => stale(detail ?? reason) },
    })
  } catch (reason) {
    if (!isKonfigUnavailable(reason)) throw reason
    return refuse(
      {
        code: 'unreachable',
        outcome: 'unavailable',
        detail: reason.message,
        next: 'Nothing is kept in --cache either.',
      },
      reason,
    )
  }
}
