// The floor of streaming: node:http that holds answers open and writes the same bytes to all of them, and nothing else.
// Its argument is a file of headers and first bytes; a line on standard input is a Buffer in base64, written to every stream.
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { createInterface } from 'node:readline'
import type { Fixed } from './raw-server.ts'

const { status, headers, body } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Fixed
const first = Buffer.from(body, 'base64')
const raw = [...headers]
const streams = new Set<ServerResponse>()

const server = createServer((_request, response) => {
  response.writeHead(status, raw)
  response.write(first)
  streams.add(response)
  response.once('close', () => streams.delete(response))
})

createInterface({ input: process.stdin }).on('line', (line) => {
  const bytes = Buffer.from(line, 'base64')
  for (const response of streams) response.write(bytes)
  process.stdout.write(`${streams.size}\n`)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`)
})
