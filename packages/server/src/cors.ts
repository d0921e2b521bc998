// CORS: off until origins are listed, then for exactly those. Credentials travel in headers that a page must set itself, never in cookies.

export interface Cors {
  /** Headers for an answer to this origin; none where it is not listed. */
  readonly headers: (origin: string | undefined) => { readonly [name: string]: string }
  /** Headers for a preflight of this origin, or undefined where it is none that is allowed. */
  readonly preflight: (
    origin: string | undefined,
    method: string | undefined,
    allowed: readonly string[],
  ) => { readonly [name: string]: string } | undefined
  readonly enabled: boolean
}

const exposed = 'ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, Konfig-Point, Konfig-Log, X-Request-Id'
const taken =
  'Authorization, X-API-Key, Content-Type, If-Match, If-None-Match, Idempotency-Key, Konfig-Min-Point, Konfig-Log, Last-Event-ID, X-Request-Id'

export const openCors = (origins: readonly string[]): Cors => {
  const listed = new Set(origins)
  const any = listed.has('*')
  const allows = (origin: string | undefined): origin is string => origin !== undefined && (any || listed.has(origin))
  const allowed = (origin: string): string => (any ? '*' : origin)
  return {
    enabled: origins.length > 0,
    headers: (origin) =>
      allows(origin)
        ? { 'access-control-allow-origin': allowed(origin), 'access-control-expose-headers': exposed }
        : {},
    preflight: (origin, method, methods) =>
      allows(origin) && method !== undefined && methods.length > 0
        ? {
            'access-control-allow-origin': allowed(origin),
            'access-control-allow-methods': methods.join(', '),
            'access-control-allow-headers': taken,
            'access-control-max-age': '600',
          }
        : undefined,
  }
}
