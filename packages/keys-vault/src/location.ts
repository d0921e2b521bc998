// Where a transit key is: https://vault.example:8200/transit/konfig. Owns that form only.

export interface Location {
  /** Scheme, host and port. */
  readonly origin: string
  /** Where the transit engine is mounted; may have slashes in it. */
  readonly mount: string
  readonly key: string
}

const segment = /^[A-Za-z0-9._-]+$/

/** undefined where it is not of that form. Plain http is for loopback alone: what is unwrapped crosses the wire. */
export const readLocation = (text: string): Location | undefined => {
  if (!URL.canParse(text)) return undefined
  const { protocol, origin, hostname, pathname, search, hash, username } = new URL(text)
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback)) return undefined
  const parts = pathname.slice(1).split('/')
  const key = parts.pop()
  if (search !== '' || hash !== '' || username !== '' || key === undefined || parts.length === 0) return undefined
  if (![...parts, key].every((part) => segment.test(part) && part !== '.' && part !== '..')) return undefined
  return { origin, mount: parts.join('/'), key }
}
