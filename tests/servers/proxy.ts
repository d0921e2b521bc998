// A TCP proxy that can lose an answer: what was asked still reaches the server and is carried out, and nobody hears of it.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Proxy {
  readonly port: number
  /** The next request of which this is true is answered by a broken connection, once the server has answered; tells whether that came to pass. */
  readonly cut: (isMeant: (bytes: Buffer) => boolean) => () => boolean
  /** Breaks every connection, now. */
  readonly drop: () => void
  readonly close: () => Promise<void>
}

export const openProxy = async (target: number): Promise<Proxy> => {
  const sockets = new Set<Socket>()
  let meant: ((bytes: Buffer) => boolean) | undefined

  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    let losing: (() => void) | undefined
    const end = (): void => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    near.on('data', (bytes: Buffer) => {
      if (meant?.(bytes) === true) {
        losing = lost
        meant = undefined
      }
      far.write(bytes)
    })
    far.on('data', (bytes: Buffer) => {
      if (losing === undefined) {
        near.write(bytes)
        return
      }
      losing()
      end()
    })
  })
  let lost = (): void => undefined
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cut: (isMeant) => {
      let fired = false
      lost = () => {
        fired = true
      }
      meant = isMeant
      return () => fired
    },
    drop: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
