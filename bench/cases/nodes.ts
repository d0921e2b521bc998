// A write on one node until it is visible on another, against a word over the wake-up channel and back; and what a second worker adds to reads.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { placeVariable } from '../../packages/server/src/workers/message.ts'
import { nameTable, startDynamodb } from '../../tests/servers/dynamodb.ts'
import { createDatabase as createMongoDatabase, startFerretdb } from '../../tests/servers/ferretdb.ts'
import { startMariadb } from '../../tests/servers/mariadb.ts'
import { createDatabase as createMysqlDatabase } from '../../tests/servers/mysql.ts'
import { createDatabase, startPostgres } from '../../tests/servers/postgres.ts'
import { startRedis } from '../../tests/servers/redis.ts'
import { atLeast, atMost, type Case, type Figure } from '../figure.ts'
import type { Job } from '../load/generator.ts'
import { median, processorSeconds, startGenerator } from '../load/processes.ts'
import { fields, readLine } from '../load/request.ts'
import { keyName, seed } from '../world/seed.ts'
import { type RunningServer, startServer } from '../world/server.ts'
import { namespaceName, single } from '../world/worlds.ts'

type Say = (line: string) => void

interface Node {
  readonly ask: <Answer>(line: string) => Promise<Answer>
  readonly end: () => void
}

const writes = 200
const warming = 20

const child = join(import.meta.dirname, 'nodes-child.ts')

/** Two nodes whose parent passes messages on, as that of workers does. */
const startPair = async (journal: string, channel: string): Promise<readonly [Node, Node]> => {
  const processes: ChildProcess[] = []
  const start = async (number: number): Promise<Node> => {
    const node = fork(child, [journal, channel], {
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
      env: { ...process.env, [placeVariable]: `${number}/2` },
    })
    processes.push(node)
    node.on('message', (message) => {
      for (const other of processes) if (other !== node) other.send(message)
    })
    const answers: PromiseWithResolvers<unknown>[] = [Promise.withResolvers()]
    const [ready] = answers
    node.on('exit', () => {
      for (const each of answers) each.reject(new Error('a node ended'))
    })
    if (node.stdout === null) throw new Error('the node has no standard output')
    createInterface({ input: node.stdout }).on('line', (line) => answers.shift()?.resolve(JSON.parse(line)))
    await ready?.promise
    return {
      ask: <Answer>(line: string) => {
        const answer = Promise.withResolvers<unknown>()
        answers.push(answer)
        node.stdin?.write(`${line}\n`)
        return answer.promise as Promise<Answer>
      },
      end: () => void node.stdin?.write('end\n'),
    }
  }
  const first = await start(1)
  return [first, await start(2)]
}

const at = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0
const tell = (times: readonly number[]): string =>
  [0.5, 0.9, 0.99].map((part) => `p${part * 100} ${at(times, part).toFixed(2)}`).join(', ')

const visible = async (name: string, journal: string, channel: string, say: Say): Promise<readonly Figure[]> => {
  const [writer, reader] = await startPair(journal, channel)
  const [seen, trips]: [number[], number[]] = [[], []]
  for (let turn = -warming; turn < writes; turn++) {
    const written = await writer.ask<{ readonly revision: number; readonly at: number }>('write')
    const saw = await reader.ask<number>(`seen ${written.revision}`)
    await wait(10)
    const trip = await writer.ask<number>('ping')
    await wait(25)
    if (turn < 0) continue
    seen.push(Math.max(0, saw - written.at))
    trips.push(trip)
  }
  writer.end()
  reader.end()
  say(`${name}: visible on the other node after ms ${tell(seen)}; a round trip of its wake-ups takes ms ${tell(trips)}`)
  const how = `from the acknowledgement on one node until the other holds the state, ${writes} writes apart by 35 ms; against a word over the same channel and back in between`
  return [
    atMost(
      `write to visible elsewhere, ${name}`,
      at(seen, 0.99) / at(trips, 0.99),
      3,
      'of a round trip of its wake-ups, both p99',
      how,
    ),
  ]
}

const untilAllServe = async (server: RunningServer, folder: string): Promise<void> => {
  while (!readFileSync(join(folder, 'server.log'), 'utf8').includes('"msg":"All workers serve"')) {
    if (server.child.exitCode !== null) throw new Error('the server ended')
    await wait(20)
  }
}

/** All of a server's processes. */
const family = (pid: number): readonly number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
]

/** Milliseconds from one request to the next on a connection: a load that leaves the cores idle half of the time. */
const paced = 4

/**
 * Machines with few cores give the load a part of them, so requests a second would tell of that; processor time does not. Each process is given
 * the same rate: one that has a core to itself answers many requests in one turn, where three processes on two cores answer a few, and pays less for each.
 */
const scaling = async (say: Say): Promise<readonly Figure[]> => {
  const [alone, together] = [await seed(single, say), await seed(single, say)]
  const one = await startServer(alone.folder)
  const two = await startServer(together.folder, { KONFIG_WORKERS: '2' })
  await untilAllServe(two, together.folder)
  const generator = startGenerator()
  const job = (server: RunningServer, processes: number, credential = ''): Job => ({
    port: server.port,
    connections: 16 * processes,
    count: 10_000 * processes,
    lines: [readLine(namespaceName, keyName(7))],
    fields: [fields(credential)],
    order: 'turn',
    status: 200,
    every: paced,
  })
  const cost = async (server: RunningServer, processes: number, credential: string | undefined) => {
    const spent = (): number => family(server.pid).reduce((sum, pid) => sum + processorSeconds(pid), 0)
    const before = spent()
    const { count } = await generator.run(job(server, processes, credential))
    return ((spent() - before) / count) * 1e6
  }
  const ratios: number[] = []
  const costs: (readonly [number, number])[] = []
  for (let round = -1; round < 7; round++) {
    const first = await cost(one, 1, alone.credentials[0])
    const second = await cost(two, 2, together.credentials[0])
    if (round < 0) continue
    ratios.push((2 * first) / second)
    costs.push([first, second])
  }
  say(
    `two workers: ${median(ratios).toFixed(2)} of one by processor time; a request takes ${median(costs.map(([one]) => one)).toFixed(1)} us of one, ${median(costs.map(([, both]) => both)).toFixed(1)} of two and their parent`,
  )
  await generator.stop()
  await one.end()
  await two.end()
  return [
    atLeast(
      'reads of two workers',
      median(ratios),
      1.8,
      'of one worker',
      'twice the requests per processor second of two workers with their parent, against one server without workers: what two cores would answer if nothing else ran on them; 7 alternating rounds of 10,000 over 16 connections for each process, which send a request every 4 ms each, median',
    ),
  ]
}

type Started = { readonly remove: () => Promise<void> }

/** A server for as long as the figures take. */
const during = async <Server extends Started>(
  starting: Promise<Server>,
  measure: (server: Server) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> => {
  const server = await starting
  try {
    return await measure(server)
  } finally {
    await server.remove()
  }
}

export const nodes: Case = async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-bench-nodes-'))
  const redis = await startRedis()
  try {
    return [
      ...(await visible('workers on SQLite', join(folder, 'konfig.db'), 'workers', say)),
      ...(await during(startPostgres({ durable: true }), async (server) => {
        const { migrateUrl } = await createDatabase(server)
        return [
          ...(await visible('PostgreSQL', migrateUrl, 'notify', say)),
          ...(await visible('PostgreSQL and Redis', migrateUrl, redis.url, say)),
        ]
      })),
      ...(await during(startMariadb({ durable: true }), async (server) =>
        visible('MariaDB and Redis', (await createMysqlDatabase(server)).migrateUrl, redis.url, say),
      )),
      ...(await during(startFerretdb({ durable: true }), async (server) =>
        visible('MongoDB wire and Redis', (await createMongoDatabase(server)).url, redis.url, say),
      )),
      ...(await during(startDynamodb(), async (server) =>
        visible('DynamoDB Local and Redis', nameTable(server).url, redis.url, say),
      )),
      ...(await scaling(say)),
    ]
  } finally {
    await redis.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
