// A port for a server that cannot be told to take any: nobody else is handed it, before the server listens and while it is stopped.
// Knows no server.
import { readFileSync } from 'node:fs'
import { createServer, type ListenOptions } from 'node:net'

const ranges = '/proc/sys/net/ipv4/ip_local_port_range'
const usualLow = 32_768
const count = 10_000

/** The system hands out ports from there on by itself: to whoever listens on any port, and to whoever connects. */
const handedOutFrom = (): number => {
  try {
    return Number(readFileSync(ranges, 'utf8').trim().split(/\s+/)[0])
  } catch {
    return usualLow
  }
}

/** Whether it could be listened on; released again where `keeps` is false, else at the end of this process. */
const listened = (options: ListenOptions, keeps: boolean): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(options, () => {
      if (keeps) {
        server.unref()
        resolve(true)
      } else server.close(() => resolve(true))
    })
  })

/** Claimed by a name that the system lets go when this process ends, however it ends. Only Linux has such names. */
const claimed = (port: number): Promise<boolean> =>
  process.platform === 'linux' ? listened({ path: `\0konfig-test-port-${port}` }, true) : Promise.resolve(true)

/** This process's until it ends. */
export const freePort = async (): Promise<number> => {
  const low = handedOutFrom()
  const least = low > 1024 + count ? low - count : usualLow - count
  for (let tries = 0; tries < 100; tries += 1) {
    const port = least + Math.floor(Math.random() * count)
    if ((await claimed(port)) && (await listened({ port, host: '127.0.0.1' }, false))) return port
  }
  throw new Error(`no free port was found from ${least} on`)
}
