// What the hot lane understands of a request's headers. Promise: where there is more to them, it says so and the ordinary way takes over.

export interface Sent {
  /** The header that holds the key, and where in it the key begins. */
  credential: string | undefined
  keyAt: number
  ifNoneMatch: string | undefined
  requestId: string | undefined
}

/** What the lane understands of a request's headers, or undefined where there is more to them: then the ordinary way takes over. */
export const readHeaders = (raw: readonly string[]): Sent | undefined => {
  const sent: Sent = { credential: undefined, keyAt: 0, ifNoneMatch: undefined, requestId: undefined }
  let host = false
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ''
    // By length first: most headers are none of ours, and lower case costs.
    switch (name.length) {
      case 4: // Host
        if (name.toLowerCase() !== 'host') break
        if (host) return undefined
        host = true
        break
      case 9: // X-API-Key
        if (name.toLowerCase() !== 'x-api-key') break
        if (sent.credential !== undefined) return undefined
        sent.credential = raw[at + 1]
        break
      case 10: // Connection
        // One that is to end with this answer is node:http's to end.
        if (name.toLowerCase() === 'connection' && raw[at + 1]?.toLowerCase() !== 'keep-alive') return undefined
        break
      case 13: {
        const lower = name.toLowerCase()
        if (lower === 'authorization') {
          const value = raw[at + 1] ?? ''
          if (sent.credential !== undefined || !(value.startsWith('Bearer ') || value.startsWith('bearer ')))
            return undefined
          sent.credential = value
          sent.keyAt = 7
        } else if (lower === 'if-none-match') {
          if (sent.ifNoneMatch !== undefined) return undefined
          sent.ifNoneMatch = raw[at + 1]
        }
        break
      }
      case 12: // X-Request-Id
        if (name.toLowerCase() !== 'x-request-id') break
        if (sent.requestId !== undefined) return undefined
        sent.requestId = raw[at + 1]
        break
      case 6: // Origin, Expect
      case 14: // Content-Length
      case 16: // Konfig-Min-Point
      case 17: {
        // Transfer-Encoding
        const lower = name.toLowerCase()
        if (
          lower === 'origin' ||
          lower === 'expect' ||
          lower === 'content-length' ||
          lower === 'konfig-min-point' ||
          lower === 'transfer-encoding'
        )
          return undefined
        break
      }
      default:
    }
  }
  return sent
}
