// A real DynamoDB Local on loopback, with data of its own; tables on it; and a proxy that does to requests what it never does: throttle them,
// refuse who asks, lose an answer.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  type ScanCommandOutput,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import { borrow } from './desk.ts'
import { freePort } from './port.ts'
import { dataFolder, freezeProcess, type Ground, type Program, startProgram, untilReady } from './program.ts'
import { dynamodbHome } from './tools.ts'

/** What another process needs to use a server that runs. */
export interface DynamodbAddress {
  readonly port: number
}

export interface DynamodbServer extends DynamodbAddress {
  /** Ends it as an operator would. */
  readonly stop: () => Promise<void>
  /** Ends it as a failure would. */
  readonly crash: () => Promise<void>
  /** The same data on the same port again. */
  readonly start: () => Promise<void>
  /** Nothing of it answers, and no connection breaks; answers how to let it go on. */
  readonly freeze: () => () => void
  /** Stops it and removes its data. */
  readonly remove: () => Promise<void>
}

/** It takes any, and the SDK asks for some. */
export const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } as const
const region = 'eu-central-1'

export interface DynamodbOptions {
  /** Whether its data outlives a stop. Tests that do not stop it are faster without. */
  readonly durable?: boolean
  readonly ground?: Ground
}

export const startDynamodb = async ({ durable = true, ground = {} }: DynamodbOptions = {}): Promise<DynamodbServer> => {
  const home = dynamodbHome()
  const lib = join(home, 'lib')
  const folder = dataFolder('dynamodb', undefined, ground.parent)
  const port = await freePort()
  // biome-ignore format: one option and its value a line
  const options = [
    '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Djava.library.path=${lib}`, `-Djava.io.tmpdir=${folder.path}`,
    '-cp', `${join(home, 'classes')}:${lib}/*`,
    'DynamodbOnLoopback', '-port', String(port), ...(durable ? ['-dbPath', folder.path] : ['-inMemory']), '-sharedDb', '-disableTelemetry',
    ...(ground.settings ?? []),
  ]
  let program: Program | undefined
  const start = async (): Promise<void> => {
    program = startProgram('java', options, undefined, ground.environment)
    // It refuses a request without a signature, which is an answer.
    await untilReady(program, async () => (await fetch(`http://127.0.0.1:${port}`)).status === 400)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await program?.end(signal)
    program = undefined
  }
  await start()
  return {
    port,
    start,
    stop: () => end('SIGTERM'),
    crash: () => end('SIGKILL'),
    freeze: () => freezeProcess(program?.pid ?? 0),
    remove: async () => {
      await end('SIGKILL')
      folder.remove()
    },
  }
}

export const clientOf = ({ port }: DynamodbAddress): DynamoDBClient =>
  new DynamoDBClient({
    region,
    endpoint: `http://127.0.0.1:${port}`,
    credentials: {
      accessKeyId: credentials.AWS_ACCESS_KEY_ID,
      secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
    },
  })

/** Asks for an operation and waits for its answer, for those who look at what lies there between two steps. The signature is not looked at. */
export const askSync = <Answer>({ port }: DynamodbAddress, operation: string, question: object): Answer => {
  // biome-ignore format: one option and its value a line
  const options = [
    '--silent', '--fail-with-body', `http://127.0.0.1:${port}`,
    '--header', `x-amz-target: DynamoDB_20120810.${operation}`,
    '--header', 'content-type: application/x-amz-json-1.0',
    '--header', `authorization: AWS4-HMAC-SHA256 Credential=test/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
    '--data-binary', '@-',
  ]
  const answer = execFileSync('curl', options, { input: JSON.stringify(question), maxBuffer: 64 * 1024 * 1024 })
  return JSON.parse(answer.toString()) as Answer
}

export interface DynamodbTable {
  readonly server: DynamodbAddress
  readonly name: string
  readonly url: string
  /** As an operator who has all rights. */
  readonly client: DynamoDBClient
  /** The same table by another way to the server. */
  readonly through: (way: DynamodbAddress) => string
  readonly drop: () => Promise<void>
}

/** The name of a table that is not there yet: whoever opens it makes it. This process, and those that it starts, get credentials. */
export const nameTable = (server: DynamodbAddress): DynamodbTable => {
  for (const [name, value] of Object.entries(credentials)) process.env[name] ??= value
  const name = `konfig_${randomBytes(6).toString('hex')}`
  const client = clientOf(server)
  const through = ({ port }: DynamodbAddress): string =>
    `dynamodb://${region}/${name}?endpoint=http://127.0.0.1:${port}`
  return {
    server,
    name,
    url: through(server),
    client,
    through,
    drop: async () => {
      const unprotect = new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: false })
      await client.send(unprotect).catch(() => undefined)
      await client.send(new DeleteTableCommand({ TableName: name })).catch(() => undefined)
      client.destroy()
    },
  }
}

/** Everything of a table into another one that is there. */
export const copyTable = async (from: DynamodbTable, to: DynamodbTable): Promise<void> => {
  let next: ScanCommandOutput['LastEvaluatedKey']
  do {
    const page: ScanCommandOutput = await from.client.send(
      new ScanCommand({ TableName: from.name, ...(next === undefined ? {} : { ExclusiveStartKey: next }) }),
    )
    const puts = (page.Items ?? []).map((Item) => to.client.send(new PutItemCommand({ TableName: to.name, Item })))
    await Promise.all(puts)
    next = page.LastEvaluatedKey
  } while (next !== undefined)
}

/** A table on the one server that all tests of this run use. */
export const borrowTable = async (): Promise<DynamodbTable> => nameTable(await borrow('dynamodb'))

export interface DynamodbProxy extends DynamodbAddress {
  /** Requests of which this is true are refused with this exception; without one they go on. */
  readonly refuse: (exception?: string, isMeant?: (operation: string) => boolean) => void
  /** The next request of which this is true is carried out, and then its connection breaks; tells whether that came to pass. */
  readonly cut: (isMeant: (operation: string) => boolean) => () => boolean
  /** How many requests were refused so far. */
  readonly refused: () => number
  readonly close: () => Promise<void>
}

const writes = ['PutItem', 'UpdateItem', 'DeleteItem']
export const isWrite = (operation: string): boolean => writes.includes(operation)
export const throttled = 'ProvisionedThroughputExceededException'

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Sends a request on and answers the answer's status, headers and bytes. */
const passed = (port: number, incoming: IncomingMessage, body: Buffer) =>
  new Promise<{ readonly found: IncomingMessage; readonly bytes: Buffer }>((resolve, reject) => {
    const onward = request(
      {
        host: '127.0.0.1',
        port,
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
      },
      (found) => {
        bodyOf(found).then((bytes) => resolve({ found, bytes }), reject)
      },
    )
    onward.on('error', reject)
    onward.end(body)
  })

export const openDynamodbProxy = async ({ port: target }: DynamodbAddress): Promise<DynamodbProxy> => {
  let exception: string | undefined
  let isRefused: (operation: string) => boolean = () => true
  let isCut: ((operation: string) => boolean) | undefined
  let lost = (): void => undefined
  let count = 0

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const operation = String(incoming.headers['x-amz-target'] ?? '').replace(/^.*\./, '')
    const body = await bodyOf(incoming)
    if (exception !== undefined && isRefused(operation)) {
      count += 1
      outgoing.writeHead(exception.startsWith('Internal') ? 500 : 400, { 'content-type': 'application/x-amz-json-1.0' })
      outgoing.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${exception}`, message: 'refused' }))
      return
    }
    const losing = isCut?.(operation) === true ? lost : undefined
    if (losing !== undefined) isCut = undefined
    const { found, bytes } = await passed(target, incoming, body)
    if (losing === undefined) {
      outgoing.writeHead(found.statusCode ?? 500, found.headers)
      outgoing.end(bytes)
      return
    }
    losing()
    incoming.socket.destroy()
  }

  // Who keeps a connection finds it there, however late.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    refuse: (by, isMeant = () => true) => {
      exception = by
      isRefused = isMeant
    },
    cut: (isMeant) => {
      let fired = false
      lost = () => {
        fired = true
      }
      isCut = isMeant
      return () => fired
    },
    refused: () => count,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
