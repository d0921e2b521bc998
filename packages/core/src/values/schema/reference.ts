// References within a schema: only `#` and `#/…`, never to another document.
import { isArray, isObject, type Json } from '../json-value.ts'

/** The tokens of a local reference, or undefined if it is none. */
export const parseReference = (reference: string): readonly string[] | undefined => {
  if (reference === '#') return []
  if (!reference.startsWith('#/')) return undefined
  try {
    return decodeURIComponent(reference.slice(2))
      .split('/')
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  } catch {
    return undefined
  }
}

/** What a reference points at, or undefined. Own properties only. */
export const follow = (root: Json, reference: string): Json | undefined =>
  parseReference(reference)?.reduce<Json | undefined>((at, token) => {
    if (isArray(at)) return /^(?:0|[1-9]\d{0,8})$/.test(token) ? at[Number(token)] : undefined
    return isObject(at) && Object.hasOwn(at, token) ? at[token] : undefined
  }, root)
