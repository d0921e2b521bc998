// A KMS on loopback: moto behind a small proxy. Moto lets keys that are disabled or deleted go on working and takes any credentials; the
// proxy answers for those as the service does.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { freePort } from './port.ts'
import { type Program, startProgram, untilReady } from './program.ts'
import { pythonProgram } from './tools.ts'

export interface Kms {
  readonly endpoint: string
  /** Makes a key; answers its ARN. */
  readonly makeKey: () => Promise<string>
  /** Uses of this key are refused with this exception; without one they go on. */
  readonly refuse: (key: string, exception?: string) => void
  /** Everything is refused with this exception. */
  readonly refuseAll: (exception?: string) => void
  readonly stop: () => Promise<void>
  /** The same keys on the same port again. */
  readonly start: () => Promise<void>
  /** Connections are taken and nothing is answered; answers how to let it go on. */
  readonly freeze: () => () => void
  readonly remove: () => Promise<void>
}

const target = (request_: IncomingMessage): string => String(request_.headers['x-amz-target'] ?? '')

export const startKms = async (): Promise<Kms> => {
  const inner = await freePort()
  const moto: Program = startProgram(pythonProgram('moto_server'), ['-H', '127.0.0.1', '-p', String(inner)], undefined)
  await untilReady(moto, async () => (await fetch(`http://127.0.0.1:${inner}/moto-api/`)).ok)

  const refused = new Map<string, string>()
  let all: string | undefined
  let frozen = false

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      if (frozen) return
      const body = Buffer.concat(parts)
      const key = target(incoming).endsWith('CreateKey') ? '' : (/"KeyId":"([^"]+)"/.exec(body.toString())?.[1] ?? '')
      const exception = all ?? refused.get(key)
      if (exception !== undefined) {
        outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
        outgoing.end(JSON.stringify({ __type: exception, message: 'refused' }))
        return
      }
      const passed = request(
        { host: '127.0.0.1', port: inner, method: 'POST', path: incoming.url, headers: incoming.headers },
        (found) => {
          outgoing.writeHead(found.statusCode ?? 500, found.headers)
          found.pipe(outgoing)
        },
      )
      passed.on('error', () => outgoing.destroy())
      passed.end(body)
    })
  }

  const port = await freePort()
  let server: Server
  const listen = (): Promise<void> =>
    new Promise((resolve) => {
      // Who keeps a connection finds it there, however late.
      server = createServer({ keepAliveTimeout: 0 }, answer).listen(port, '127.0.0.1', () => resolve())
    })
  await listen()
  const endpoint = `http://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return {
    endpoint,
    makeKey: async () => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'TrentService.CreateKey',
          authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/kms/aws4_request',
        },
        body: '{}',
      })
      const made = (await response.json()) as { readonly KeyMetadata: { readonly Arn: string } }
      return made.KeyMetadata.Arn
    },
    refuse: (key, exception) => {
      if (exception === undefined) refused.delete(key)
      else refused.set(key, exception)
    },
    refuseAll: (exception) => {
      all = exception
    },
    stop,
    start: listen,
    freeze: () => {
      frozen = true
      return () => {
        frozen = false
      }
    },
    remove: async () => {
      await stop().catch(() => undefined)
      await moto.end('SIGTERM')
    },
  }
}
