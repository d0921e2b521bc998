// The address of a hot read, understood only where it can be read in one way, and what is said of such a read in log and metrics.
// Knows nothing of what is there.
import type { Requirement } from '@konfig/core'
import { factsOfRequest } from '../log/access.ts'
import { flat } from './flat.ts'

const start = '/api/v1/values/'
const query = 'environment='

export interface Asked {
  readonly path: string
  readonly namespace: string
  readonly key: string | undefined
  readonly environment: string
}

/** An address that was met before. */
export interface KnownUrl extends Asked {
  /** What a caller must hold to be answered. */
  readonly needs: Requirement
  /** What is logged of an answer to it, and of its answer that nothing changed. */
  readonly facts: string
  readonly unchangedFacts: string
}

export const keyLabel = '/values/{ns}/{key}'
export const namespaceLabel = '/values/{ns}'

/** Letters, digits, `_` and `-`, and `.` where keys may have it: nothing that could be read in two ways. */
const isPlain = (text: string, from: number, to: number, dots: boolean): boolean => {
  if (from >= to) return false
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (
      !(
        (code >= 97 && code <= 122) ||
        (code >= 48 && code <= 57) ||
        code === 45 ||
        code === 95 ||
        (dots && ((code >= 65 && code <= 90) || code === 46))
      )
    )
      return false
  }
  return true
}

/** A UUID may be the id of a namespace: only the ordinary way can tell. */
const mayBeId = (text: string): boolean => text.length === 36 && text.charCodeAt(8) === 45 && text.charCodeAt(13) === 45

export const readUrl = (url: string): Asked | undefined => {
  if (!url.startsWith(start)) return undefined
  const mark = url.indexOf('?', start.length)
  if (mark === -1 || !url.startsWith(query, mark + 1)) return undefined
  const named = mark + 1 + query.length
  if (!isPlain(url, named, url.length, false)) return undefined
  const slash = url.indexOf('/', start.length)
  const whole = slash === -1 || slash > mark
  const end = whole ? mark : slash
  if (!isPlain(url, start.length, end, false) || (!whole && !isPlain(url, slash + 1, mark, true))) return undefined
  const namespace = url.slice(start.length, end)
  return mayBeId(namespace)
    ? undefined
    : {
        path: url.slice(0, mark),
        namespace,
        key: whole ? undefined : url.slice(slash + 1, mark),
        environment: url.slice(named),
      }
}

/** Names in pieces of their own: one that is cut out of an address is found in no map without being put together first. */
const knownUrl = (asked: Asked): KnownUrl => {
  const { path } = asked
  const namespace = flat(asked.namespace)
  const environment = flat(asked.environment)
  const label = asked.key === undefined ? namespaceLabel : keyLabel
  return {
    path,
    namespace,
    key: asked.key === undefined ? undefined : flat(asked.key),
    environment,
    needs: { permission: 'value:read', place: { namespace, environments: [environment] } },
    facts: flat(factsOfRequest('GET', path, label, 200)),
    unchangedFacts: flat(factsOfRequest('GET', path, label, 304)),
  }
}

const mostUrls = 4096
const longestUrl = 512

/**
 * The same, remembered by URL: tenants ask for the same names over and over, and a name that was met before is found faster.
 * Full of strangers it begins anew, so that memory stays bounded.
 */
export const urlReader = (): ((url: string) => KnownUrl | undefined) => {
  const known = new Map<string, KnownUrl>()
  return (url) => {
    const found = known.get(url)
    if (found !== undefined) return found
    const asked = readUrl(url)
    if (asked === undefined) return undefined
    const made = knownUrl(asked)
    if (url.length > longestUrl) return made
    if (known.size >= mostUrls) known.clear()
    known.set(url, made)
    return made
  }
}
