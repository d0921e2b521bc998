// The floor: node:http sending fixed bytes and nothing else, in the faster form for their size (a latin1 string up to 8 KB, else a Buffer).
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

export interface Fixed {
  readonly status: number
  /** Names and values in turn, as node:http takes them fastest. */
  readonly headers: readonly string[]
  /** UTF-8 bytes in base64. */
  readonly body: string
}

const { status, headers, body } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Fixed
const bytes = Buffer.from(body, 'base64')
const text = bytes.toString('latin1')
const raw = [...headers]

const server = createServer(
  bytes.length === 0
    ? (_request, response) => {
        response.writeHead(status, raw)
        response.end()
      }
    : bytes.length <= 8192
      ? (_request, response) => {
          response.writeHead(status, raw)
          response.end(text, 'latin1')
        }
      : (_request, response) => {
          response.writeHead(status, raw)
          response.end(bytes)
        },
)
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`)
})
