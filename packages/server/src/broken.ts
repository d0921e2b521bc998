// Answers what is no HTTP, so that even then a client is told something it can read. Knows nothing of requests: there is none.
import type { Socket } from 'node:net'
import { failure } from '@konfig/core'
import { problemMediaType, problemOf } from './problem.ts'

const reasonOf = (code: string | undefined): { readonly status: string; readonly reason: string } => {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: '408 Request Timeout', reason: 'it did not arrive in time' }
    case 'HPE_HEADER_OVERFLOW':
      return { status: '431 Request Header Fields Too Large', reason: 'its headers are too large' }
    default:
      return { status: '400 Bad Request', reason: 'it is not proper HTTP' }
  }
}

export const answerBroken = (error: NodeJS.ErrnoException, socket: Socket, requestId: string): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, reason } = reasonOf(error.code)
  const { body } = problemOf(failure('malformed_request', { reason }), requestId)
  const shown = body.replace('"status":400', `"status":${status.slice(0, 3)}`)
  const head = [
    `HTTP/1.1 ${status}`,
    `x-request-id: ${requestId}`,
    'x-content-type-options: nosniff',
    `content-type: ${problemMediaType}`,
    `content-length: ${Buffer.byteLength(shown)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${shown}`)
}
