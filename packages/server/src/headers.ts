// The headers of every answer, in one order and from one place, so that the hot lane and the ordinary way cannot differ by a byte.
// Knows no route. Flat raw arrays (name, value, name, value …) are what node:http writes fastest.

export interface Fixed {
  /** What every answer carries, whoever asks. */
  readonly security: readonly string[]
  readonly vary: string
}

export const fixedHeaders = (options: { readonly tls: boolean; readonly cors: boolean }): Fixed => ({
  security: [
    'x-content-type-options',
    'nosniff',
    'x-frame-options',
    'DENY',
    'referrer-policy',
    'no-referrer',
    ...(options.tls ? ['strict-transport-security', 'max-age=31536000'] : []),
  ],
  vary: options.cors ? 'Authorization, X-API-Key, Origin' : 'Authorization, X-API-Key',
})

/** What an authenticated answer says of limits and of the logs that it was made from; each left out where it is undefined. */
export interface Standing {
  readonly policy: string | undefined
  readonly rate: string | undefined
  readonly point: string | undefined
  readonly log: string | undefined
}

export interface Content {
  readonly etag: string | undefined
  readonly cacheControl: string
  /** undefined: there is no body. */
  readonly mediaType: string | undefined
  readonly length: number
}

export const answerHeaders = (
  fixed: Fixed,
  requestId: string,
  standing: Standing | undefined,
  content: Content,
): string[] => {
  const headers = ['x-request-id', requestId, ...fixed.security]
  if (standing !== undefined) {
    if (standing.policy !== undefined && standing.rate !== undefined)
      headers.push('ratelimit-policy', standing.policy, 'ratelimit', standing.rate)
    if (standing.point !== undefined) headers.push('konfig-point', standing.point)
    if (standing.log !== undefined) headers.push('konfig-log', standing.log)
  }
  if (content.etag !== undefined) headers.push('etag', content.etag)
  headers.push('cache-control', content.cacheControl, 'vary', fixed.vary)
  if (content.mediaType !== undefined)
    headers.push('content-type', content.mediaType, 'content-length', String(content.length))
  return headers
}

export const readCacheControl = 'private, no-cache'
export const jsonMediaType = 'application/json; charset=utf-8'

/** What of a read's headers differs from one to the next. */
export interface ReadStanding {
  readonly policy: string | undefined
  readonly point: string
  readonly log: string | undefined
}

export type ReadHeaders = (
  unchanged: boolean,
  requestId: string,
  standing: ReadStanding,
  rate: string | undefined,
  content: { readonly etag: string; readonly length: number },
) => string[]

/**
 * `answerHeaders` for values as JSON, in arrays that are used again and again: what it answers holds until it is called the next time, which
 * is long enough for `writeHead`.
 */
export const readHeadersOf = (fixed: Fixed): ReadHeaders => {
  const made = (mediaType: string | undefined) => {
    const headers = answerHeaders(
      fixed,
      '',
      { policy: '', rate: '', point: '', log: '' },
      { etag: '', cacheControl: readCacheControl, mediaType, length: 0 },
    )
    const at = (name: string): number => headers.indexOf(name) + 1
    return {
      headers,
      id: at('x-request-id'),
      policy: at('ratelimit-policy'),
      rate: at('ratelimit'),
      point: at('konfig-point'),
      log: at('konfig-log'),
      etag: at('etag'),
      length: at('content-length'),
    }
  }
  const whole = made(jsonMediaType)
  const without = made(undefined)
  return (unchanged, requestId, { policy, point, log }, rate, { etag, length }) => {
    if (policy === undefined || rate === undefined || log === undefined)
      return answerHeaders(
        fixed,
        requestId,
        { policy, rate, point, log },
        { etag, cacheControl: readCacheControl, mediaType: unchanged ? undefined : jsonMediaType, length },
      )
    const form = unchanged ? without : whole
    const { headers } = form
    headers[form.id] = requestId
    headers[form.policy] = policy
    headers[form.rate] = rate
    headers[form.point] = point
    headers[form.log] = log
    headers[form.etag] = etag
    if (!unchanged) headers[form.length] = String(length)
    return headers
  }
}
