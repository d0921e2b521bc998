// A real Redis on loopback that keeps nothing: for tests of nodes that speak over one.
import { connect } from 'node:net'
import { dataFolder, freePort, type Program, startProgram, untilReady } from './program.ts'

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
    socket.on('data', (bytes) => {
      resolve(bytes.toString())
      socket.destroy()
    })
  })

export const startRedis = async ({ password }: { readonly password?: string } = {}): Promise<RedisServer> => {
  const folder = dataFolder('redis', undefined)
  const port = await freePort()
  let program: Program | undefined
  const start = async (): Promise<void> => {
    const started = startProgram(
      'redis-server',
      [
        '--port',
        String(port),
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
    await untilReady(started, async () => /^\+PONG|^-NOAUTH/.test(await askRedis(port, 'PING')))
  }
  const stop = async (): Promise<void> => {
    await program?.end('SIGTERM')
    program = undefined
  }
  await start()
  return {
    url: `redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    port,
    start,
    stop,
    freeze: () => {
      const pid = program?.pid ?? 0
      process.kill(pid, 'SIGSTOP')
      return () => process.kill(pid, 'SIGCONT')
    },
    remove: async () => {
      await stop()
      folder.remove()
    },
  }
}
