// Reads over a socket: processor time a request of the whole server, against raw node:http sending the very same bytes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { atLeast, type Case, type Figure } from '../figure.ts'
import { compare, tell } from '../load/compare.ts'
import type { Job } from '../load/generator.ts'
import { startGenerator, startRaw, stop } from '../load/processes.ts'
import type { Fixed } from '../load/raw-server.ts'
import { fields, readLine, readRequest } from '../load/request.ts'
import { keyName, seed } from '../world/seed.ts'
import { fetchBytes, startServer } from '../world/server.ts'
import { namespaceName, single } from '../world/worlds.ts'

/** What node:http adds by itself. */
const added = new Set(['date', 'connection', 'keep-alive'])

/** A captured answer, as the raw server is to send it again. */
const fixedOf = (answer: Buffer): Fixed => {
  const end = answer.indexOf('\r\n\r\n')
  const [status = '', ...lines] = answer.toString('latin1', 0, end).split('\r\n')
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(': ')
    return added.has(line.slice(0, colon).toLowerCase()) ? [] : [line.slice(0, colon), line.slice(colon + 2)]
  })
  return { status: Number(status.split(' ')[1]), headers, body: answer.subarray(end + 4).toString('base64') }
}

const etagOf = (answer: Buffer): string => /\r\netag: (.+)\r\n/i.exec(answer.toString('latin1'))?.[1] ?? ''

export const reads: Case = async (say) => {
  const world = await seed(single, say)
  const server = await startServer(world.folder)
  const generator = startGenerator()
  const [credential = ''] = world.credentials
  const figures: Figure[] = []

  const measure = async (name: string, key: string | undefined, unchanged: boolean, count: number): Promise<void> => {
    const plain = readRequest(credential, namespaceName, key)
    await fetchBytes(server.port, plain)
    const more = unchanged ? `If-None-Match: ${etagOf(await fetchBytes(server.port, plain))}\r\n` : ''
    const answer = fixedOf(await fetchBytes(server.port, readRequest(credential, namespaceName, key, more)))
    const file = join(world.folder, 'fixed.json')
    writeFileSync(file, JSON.stringify(answer))
    const raw = await startRaw(file)
    const job: Job = {
      port: server.port,
      connections: 16,
      count,
      lines: [readLine(namespaceName, key)],
      fields: [fields(credential, more)],
      order: 'turn',
      status: answer.status,
    }
    const compared = await compare(
      generator,
      { pid: server.pid, job },
      { pid: raw.pid, job: { ...job, port: raw.port } },
      9,
    )
    await stop(raw.child)
    say(`${name}: Konfig and raw ${tell(compared)}`)
    figures.push(
      atLeast(
        name,
        compared.ratio,
        0.85,
        'of raw node:http',
        `requests per processor second of the server process over 16 keep-alive connections, against node:http sending the same ${answer.body.length === 0 ? 'headers' : `headers and ${Buffer.from(answer.body, 'base64').length} bytes`}; 9 alternating rounds of ${count}, median`,
      ),
    )
  }

  await measure('read of one value', keyName(7), false, 40_000)
  await measure('read of one value, 304', keyName(7), true, 40_000)
  await measure('read of a namespace of 1,000 keys', undefined, false, 20_000)
  await measure('read of a namespace of 1,000 keys, 304', undefined, true, 40_000)
  await generator.stop()
  await server.end()
  return figures
}
