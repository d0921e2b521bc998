// Patches a document by the media type of what was sent: RFC 7396, or RFC 6902. Owns that choice alone.
import { isObject, type Json, type JsonObject, mergePatch, refuse, type Result } from '@konfig/core'
import { applyJsonPatch } from './json-patch.ts'

export const patchMediaTypes = [
  'application/json',
  'application/merge-patch+json',
  'application/json-patch+json',
] as const

export interface Patch {
  readonly body: Json
  /** application/json, and nothing, mean a merge patch. */
  readonly mediaType: string | undefined
}

/** The patched document, which is an object again; or `unsupported_media_type`, `patch_failed`, `malformed_request`. */
export const applyPatch = (
  document: JsonObject,
  { body, mediaType = 'application/json' }: Patch,
): Result<JsonObject> => {
  if (mediaType === 'application/json-patch+json') {
    const patched = applyJsonPatch(document, body)
    if (!patched.ok) return patched
    return isObject(patched.value) ? { ok: true, value: patched.value } : notObject
  }
  if (mediaType !== 'application/json' && mediaType !== 'application/merge-patch+json')
    return refuse('unsupported_media_type', { accepted: patchMediaTypes.join(', ') })
  const patched = mergePatch(document, body)
  return isObject(patched) ? { ok: true, value: patched } : notObject
}

const notObject = refuse('malformed_request', { reason: 'a patch of a resource leaves an object' })
