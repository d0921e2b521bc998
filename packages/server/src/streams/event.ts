// Events as bytes (text/event-stream). An event that goes to many is written once: all of them are sent the same Buffer.
import type { StreamEvent } from '@konfig/app'

export const streamMediaType = 'text/event-stream'

export interface Written {
  readonly bytes: Buffer
  /** The same as a chunk of HTTP/1.1 (RFC 9112, section 7.1), to be sent in one piece. */
  readonly chunk: Buffer
}

const written = new WeakMap<StreamEvent, Written>()
const lineEnd = Buffer.from('\r\n')

/** The data is JSON in one line, and neither a type nor a point holds a line's end: nothing needs to be escaped. */
export const writeEvent = (event: StreamEvent): Written => {
  const known = written.get(event)
  if (known !== undefined) return known
  const { type, point, data } = event
  const bytes = Buffer.from(`event: ${type}\n${point === '' ? '' : `id: ${point}\n`}data: ${data}\n\n`, 'utf8')
  const chunk = Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, lineEnd])
  const made = { bytes, chunk }
  written.set(event, made)
  return made
}

/** An id without data: clients remember it, programs see nothing. */
export const heartbeatOf = (point: string): string => `id: ${point}\n\n`

/** When a client that was cut comes back, in milliseconds. */
export const retryOf = (millis: number): string => `retry: ${Math.round(millis)}\n\n`
