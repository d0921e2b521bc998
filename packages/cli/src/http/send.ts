// One request over HTTP and its whole answer. Owns sockets, time limits and TLS; knows neither credentials nor problems.
import type { IncomingMessage } from 'node:http'
import type { RequestOptions } from 'node:https'

export interface Request {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: string | Uint8Array | undefined
  /** Without a byte for so long, the request has failed. */
  readonly timeoutMillis: number
  readonly ca?: string | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: { readonly [name: string]: string | undefined }
  readonly text: string
}

/** Answers beyond this are refused: nothing that Konfig sends is larger. */
const largest = 128 * 1024 * 1024

const headersOf = (message: IncomingMessage): Reply['headers'] =>
  Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )

const lost = (code: string): Error => Object.assign(new Error(code), { code })

/** The answer's head, its body still to be read; for streams. */
export const openRequest = (request: Request, signal?: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    // Importing these modules names all of their exports, one of which loads much that is never used here.
    const secure = request.url.startsWith('https:')
    const { request: start } = process.getBuiltinModule(secure ? 'node:https' : 'node:http')
    const options: RequestOptions = {
      method: request.method,
      headers: request.headers,
      timeout: request.timeoutMillis,
      agent: false,
      ...(request.ca === undefined ? {} : { ca: request.ca }),
      ...(signal === undefined ? {} : { signal }),
    }
    const sent = start(request.url, options, resolve)
    sent.on('timeout', () => sent.destroy(lost('ETIMEDOUT')))
    sent.on('error', reject)
    sent.end(request.body)
  })

/** Rejects with the error of the socket, whose `code` says what happened. */
export const send = async (request: Request): Promise<Reply> => {
  const message = await openRequest(request)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    message.on('data', (part: Buffer) => {
      length += part.length
      if (length > largest) message.destroy(lost('ANSWER_TOO_LARGE'))
      else parts.push(part)
    })
    message.on('error', reject)
    message.on('end', () => {
      if (!message.complete) reject(lost('ECONNRESET'))
      else
        resolve({
          status: message.statusCode ?? 0,
          headers: headersOf(message),
          text: parts.length === 1 ? String(parts[0]) : Buffer.concat(parts).toString('utf8'),
        })
    })
  })
}
