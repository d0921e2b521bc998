// The server as `make run` starts it, on a folder that was seeded: authentication, rate counting, metrics and logging on.
import { type ChildProcess, spawn } from 'node:child_process'
import { openSync, readFileSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { stop } from '../load/processes.ts'

export interface RunningServer {
  readonly child: ChildProcess
  readonly pid: number
  readonly port: number
  /** Seconds from the start of the process until it listened. */
  readonly startSeconds: number
  /** Ends it and removes its folder. */
  readonly end: () => Promise<void>
}

const main = join(import.meta.dirname, '../../packages/server/src/main.ts')

/** Its log goes to a file, as a service's would. */
export const startServer = async (
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<RunningServer> => {
  const log = join(folder, 'server.log')
  const output = openSync(log, 'w', 0o600)
  const began = performance.now()
  const child = spawn(process.execPath, [...flags, main], {
    stdio: ['ignore', output, 'inherit'],
    env: { ...process.env, KONFIG_DATA: folder, KONFIG_PORT: '0', KONFIG_SAMPLE: 'none', ...environment },
  })
  for (;;) {
    const line = readFileSync(log, 'utf8')
      .split('\n')
      .find((each) => each.includes('"msg":"Listening"'))
    if (line !== undefined) {
      const { url } = JSON.parse(line) as { readonly url: string }
      return {
        child,
        pid: child.pid ?? 0,
        port: Number(new URL(url).port),
        startSeconds: (performance.now() - began) / 1000,
        end: async () => {
          await stop(child)
          rmSync(folder, { recursive: true, force: true })
        },
      }
    }
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    await wait(2)
  }
}

/** One request's whole answer as bytes; the connection is closed behind it. */
export const fetchBytes = (port: number, request: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = createConnection(port, '127.0.0.1')
    socket.on('error', reject)
    socket.on('data', (part: Buffer) => {
      parts.push(part)
      const all = Buffer.concat(parts)
      const end = all.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = all.toString('latin1', 0, end)
      const length = head.startsWith('HTTP/1.1 304') ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (all.length < end + 4 + length) return
      socket.destroy()
      resolve(all)
    })
    socket.write(request)
  })
