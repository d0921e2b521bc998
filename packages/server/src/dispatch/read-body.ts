// A request's body: only media types that the route takes, read strictly, held against its schema.
import { failure, KonfigError } from '@konfig/core'
import type { FastifyRequest } from 'fastify'
import { readJson } from '../request/json.ts'
import type { Route } from './compile.ts'
import { header } from './passage.ts'

export interface ReadBody {
  readonly body: unknown
  readonly bytes: Buffer | undefined
  readonly mediaType: string | undefined
}

const malformed = (reason: string): KonfigError => new KonfigError(failure('malformed_request', { reason }))
const json = /^application\/(?:[\w.-]+\+)?json$/

export const mediaTypeOf = (contentType: string | undefined): string | undefined =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase()

const isAccepted = (mediaType: string, accepts: readonly string[]): boolean =>
  accepts.some(
    (each) => each === mediaType || each === '*/*' || (each.endsWith('/*') && mediaType.startsWith(each.slice(0, -1))),
  )

const charset = /;\s*charset="?([\w-]+)"?/i

/** Before a byte is read: throws `unsupported_media_type` where the route would not know what to do with it. */
export const refuseMedia = (route: Route, request: FastifyRequest): void => {
  if (header(request, 'content-length') === '0') return
  if (header(request, 'content-length') === undefined && header(request, 'transfer-encoding') === undefined) return
  if (route.validateBody === undefined) return
  const contentType = header(request, 'content-type')
  const mediaType = mediaTypeOf(contentType)
  const accepted = route.accepts.join(', ')
  const encoding = header(request, 'content-encoding')
  if (
    mediaType === undefined ||
    !isAccepted(mediaType, route.accepts) ||
    (encoding !== undefined && encoding.toLowerCase() !== 'identity')
  )
    throw new KonfigError(failure('unsupported_media_type', { accepted }))
  const set = charset.exec(contentType ?? '')?.[1]?.toLowerCase()
  if (set !== undefined && set !== 'utf-8' && set !== 'utf8' && set !== 'us-ascii')
    throw new KonfigError(failure('unsupported_media_type', { accepted: `${accepted} in UTF-8` }))
}

/** The text of a file as it came, its byte-order mark with it; UTF-16 only where a mark says so. */
const textOf = (bytes: Buffer): string => {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  const encoding = mark === 0xfeff ? 'utf-16be' : mark === 0xfffe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('the body is not UTF-8')
  }
}

export const readBody = (route: Route, request: FastifyRequest): ReadBody => {
  const bytes = Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined
  const mediaType = mediaTypeOf(header(request, 'content-type'))
  if (route.validateBody === undefined) {
    if (bytes !== undefined && bytes.toString('latin1').trim() !== '{}') throw malformed('this route takes no body')
    return { body: undefined, bytes: undefined, mediaType: undefined }
  }
  // A file with nothing in it is a file all the same, where its media type says that one was sent.
  if (bytes === undefined)
    return { body: route.takesText && mediaType !== undefined ? '' : undefined, bytes, mediaType }
  if (route.takesText || mediaType === undefined || !json.test(mediaType))
    return { body: textOf(bytes), bytes, mediaType }
  const read = readJson(bytes)
  if (!read.ok) throw malformed(read.reason)
  return { body: read.value, bytes, mediaType }
}
