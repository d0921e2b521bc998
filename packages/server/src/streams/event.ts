// Events as bytes (text/event-stream). An event that goes to many is written once: all of them are sent the same Buffer.
import type { StreamEvent } from '@konfig/app'

export const streamMediaType = 'text/event-stream'

const written = new WeakMap<StreamEvent, Buffer>()

/** The data is JSON in one line, and neither a type nor a point holds a line's end: nothing needs to be escaped. */
export const bytesOf = (event: StreamEvent): Buffer => {
  const known = written.get(event)
  if (known !== undefined) return known
  const { type, point, data } = event
  const made = Buffer.from(`event: ${type}\n${point === '' ? '' : `id: ${point}\n`}data: ${data}\n\n`, 'utf8')
  written.set(event, made)
  return made
}

/** An id without data: clients remember it, programs see nothing. */
export const heartbeatOf = (point: string): string => `id: ${point}\n\n`

/** When a client that was cut comes back, in milliseconds. */
export const retryOf = (millis: number): string => `retry: ${Math.round(millis)}\n\n`
