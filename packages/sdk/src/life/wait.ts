// How long to wait before asking again. Pure: chance comes in.

export interface Waits {
  /** The first wait after a failure, doubled with each further one. Milliseconds, as all here. */
  readonly first: number
  /** No wait after a failure is drawn from more than this. */
  readonly most: number
  /** Between two tries with a credential that was refused: it may be made good, so the client never gives up. */
  readonly refused: number
}

/** Full jitter: anything between nothing and the bound, so that those who were cut together do not come back together. */
export const jittered = ({ first, most }: Waits, failures: number, random: () => number): number =>
  Math.round(random() * Math.min(most, first * 2 ** Math.min(failures, 30)))

/** A server may ask for patience, but not for ever. */
const mostPatience = 3_600_000

/** `Retry-After` in milliseconds: seconds, or a date, which counts from the server's own `Date` and not from the clock here. */
export const retryAfter = (headers: Headers): number | undefined => {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, mostPatience)
  const millis = Date.parse(text) - Date.parse(headers.get('date') ?? '')
  return Number.isFinite(millis) ? Math.min(Math.max(0, millis), mostPatience) : undefined
}
