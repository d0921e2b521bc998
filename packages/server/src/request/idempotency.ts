// Idempotency-Key: hashed before anything keeps it, and refused while the same one is being carried out on this node.
import { createHash } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'

export interface Idempotency {
  readonly key: string
  readonly request: string
}

/** `/` and everything printable; a UUID as most send it, or any other text of their own. */
const allowed = /^[\x21-\x7e]{1,255}$/

/** The hashes that go into the commit: of the key, and of method, path with query, and body. */
export const idempotencyOf = (
  header: string,
  method: string,
  url: string,
  body: Uint8Array | undefined,
  keyedHash: (text: string) => string,
): Idempotency => {
  if (!allowed.test(header))
    throw new KonfigError(
      failure('malformed_request', { reason: 'Idempotency-Key takes 1 to 255 printable characters' }),
    )
  const hash = createHash('sha256').update(`${method}\n${url}\n`)
  if (body !== undefined) hash.update(body)
  return { key: keyedHash(`idempotency ${header}`), request: hash.digest('base64url') }
}

/** One at a time for each key: a second one is told so at once. */
export const openFlights = (): { readonly begin: (id: string) => () => void } => {
  const flying = new Set<string>()
  return {
    begin: (id) => {
      if (flying.has(id)) throw new KonfigError(failure('idempotency_in_flight'))
      flying.add(id)
      return () => {
        flying.delete(id)
      }
    },
  }
}
