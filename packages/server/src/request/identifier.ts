// Request ids: a caller's own if it is harmless, else one of ours. Unique on this node, not secret.
const harmless = /^[A-Za-z0-9_-]{1,64}$/

export type NewRequestId = (given: string | undefined) => string

export const requestIds = (boot: string): NewRequestId => {
  let count = 0
  return (given) => (given !== undefined && harmless.test(given) ? given : `${boot}-${(++count).toString(36)}`)
}
