// Which key, in which environment: `NAMESPACE/KEY`, or a key alone where the namespace is settled. Pure.
import { usage } from '../problem/problem.ts'
import type { Settings } from '../settings.ts'
import type { Argument } from '../verb.ts'

export interface KeyName {
  readonly namespace: string | undefined
  readonly key: string
}

export interface Key {
  readonly namespace: string
  readonly key: string
}

export const keyArgument: Argument = {
  name: 'NAMESPACE/KEY',
  description: 'The key; without its namespace where --namespace or KONFIG_NAMESPACE names one',
}

export const parseKey = (text: string): KeyName => {
  const slash = text.indexOf('/')
  const namespace = slash < 0 ? undefined : text.slice(0, slash)
  const key = text.slice(slash + 1)
  if (key === '' || namespace === '' || key.includes('/'))
    return usage('The key is not named as NAMESPACE/KEY.', 'Such as billing/timeout; neither part holds a slash.')
  return { namespace, key }
}

export const keyOf = ({ namespace, key }: KeyName, settings: Pick<Settings, 'namespace'>): Key => {
  const found = namespace ?? settings.namespace
  return found === undefined
    ? usage(
        'The namespace of the key is not known.',
        `Write NAMESPACE/${key}, or name one with --namespace or KONFIG_NAMESPACE.`,
      )
    : { namespace: found, key }
}
