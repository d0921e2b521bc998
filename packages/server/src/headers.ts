// The headers of every answer, in one order and from one place, so that the hot lane and the ordinary way cannot differ by a byte.
// Knows no route. Names and values in turn, as node:http takes them. What is the same for all comes first, what is new each time last.

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
  const headers = [...fixed.security, 'cache-control', content.cacheControl, 'vary', fixed.vary]
  if (content.mediaType !== undefined) headers.push('content-type', content.mediaType)
  headers.push('x-request-id', requestId)
  if (standing !== undefined) {
    const limited = standing.policy !== undefined && standing.rate !== undefined
    if (limited) headers.push('ratelimit-policy', standing.policy)
    if (standing.point !== undefined) headers.push('konfig-point', standing.point)
    if (standing.log !== undefined) headers.push('konfig-log', standing.log)
    if (limited) headers.push('ratelimit', standing.rate)
  }
  if (content.etag !== undefined) headers.push('etag', content.etag)
  if (content.mediaType !== undefined) headers.push('content-length', String(content.length))
  return headers
}

export const readCacheControl = 'private, no-cache'
export const jsonMediaType = 'application/json; charset=utf-8'

/** How long a connection waits for its next request. */
export const keepAliveSeconds = 72
