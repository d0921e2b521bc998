// A real Redis on loopback that keeps nothing: for tests of nodes that speak over one.
import { connect } from 'node:net'
import { freePort } from './port.ts'
import { dataFolder, freezeProcess, type Program, startProgram, untilReady } from './program.ts'

export interface RedisServer {
  readonly url: string
  readonly port: number
  readonly stop: () => Promise<void>
  /** On the same port again, empty. */
  readonly start: () => Promise<void>
  /** It takes connections and answers nothing; answers how to let it go on. */
  readonly freeze: () => () => void
  readonly remove: () => Promise<void>
}

/** One command on a connection of its own; answers what came first. */
export const askRedis = (port: number, command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.on('error', reject)
    // Taken in and sent away again, as by a server that is about to end.
    socket.on('close', () => reject(new Error('Redis said nothing')))
    socket.on('data', (bytes) => {
      resolve(bytes.toString())
      socket.destroy()
    })
  })

export interface RedisOptions {
  readonly password?: string
  /** Files in PEM: it speaks TLS only, and the URL names the host that the certificate is for. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly host: string }
}

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

export const startRedis = async ({ password, tls }: RedisOptions = {}): Promise<RedisServer> => {
  const folder = dataFolder('redis', undefined)
  const port = await freePort()
  let program: Program | undefined
  const start = async (): Promise<void> => {
    const started = startProgram(
      'redis-server',
      [
        '--port',
        String(tls === undefined ? port : 0),
        ...(tls === undefined
          ? []
          : ['--tls-port', String(port), '--tls-cert-file', tls.cert, '--tls-key-file', tls.key]),
        ...(tls === undefined ? [] : ['--tls-auth-clients', 'no']),
        '--bind',
        '127.0.0.1',
        '--dir',
        folder.path,
        '--save',
        '',
        ...(password === undefined ? [] : ['--requirepass', password]),
      ],
      undefined,
    )
    program = started
    await untilReady(started, async () =>
      tls === undefined ? /^\+PONG|^-NOAUTH/.test(await askRedis(port, 'PING')) : takesConnections(port),
    )
  }
  const stop = async (): Promise<void> => {
    await program?.end('SIGTERM')
    program = undefined
  }
  await start()
  return {
    url: `${tls === undefined ? 'redis' : 'rediss'}://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}${tls?.host ?? '127.0.0.1'}:${port}`,
    port,
    start,
    stop,
    freeze: () => freezeProcess(program?.pid ?? 0),
    remove: async () => {
      await stop()
      folder.remove()
    },
  }
}
