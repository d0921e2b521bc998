// A TCP proxy that can lose an answer: what was asked still reaches the server and is carried out, and nobody hears of it. It can be slow,
// take nobody in, and break connections.
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './port.ts'

export interface Proxy {
  readonly port: number
  /** The next request of which this is true is answered by a broken connection, once the server has answered; tells whether that came to pass. */
  readonly cut: (isMeant: (bytes: Buffer) => boolean) => () => boolean
  /** The next request of which this is true, and what follows it there, reaches nobody; resolves once that came to pass. */
  readonly hold: (isMeant: (bytes: Buffer) => boolean) => Promise<void>
  /** How many ends of connections are open. */
  readonly connections: () => number
  /** Breaks every connection, now. */
  readonly drop: () => void
  /** How long every piece of data is held up, both ways, from now on. */
  readonly slow: (millis: number) => void
  /** Whether whoever connects is turned away from now on. */
  readonly refuse: (refuses: boolean) => void
  readonly close: () => Promise<void>
}

/** Cuts whichever of them is the first to be asked what is meant, and no other. */
export const cutFirst = (proxies: readonly Proxy[], isMeant: (bytes: Buffer) => boolean): (() => boolean) => {
  let found = false
  const isFirst = (bytes: Buffer): boolean => {
    if (found || !isMeant(bytes)) return false
    found = true
    return true
  }
  const fired = proxies.map((proxy) => proxy.cut(isFirst))
  return () => fired.some((each) => each())
}

/** For each opening of a database that several servers offer: a URL that names all of them, beginning with another one each time. */
export const inRotation = (url: string, proxies: readonly Proxy[]): (() => string) => {
  let openings = 0
  return () => {
    const at = openings % proxies.length
    openings += 1
    const hosts = [...proxies.slice(at), ...proxies.slice(0, at)].map(({ port }) => `127.0.0.1:${port}`)
    return url.replace(/127\.0\.0\.1:\d+/, hosts.join(','))
  }
}

export const openProxy = async (target: number): Promise<Proxy> => {
  const sockets = new Set<Socket>()
  let meant: ((bytes: Buffer) => boolean) | undefined
  let isHeld: ((bytes: Buffer) => boolean) | undefined
  let reached = (): void => undefined
  let slow = 0
  /** In order: nothing overtakes what is held up. */
  const passageTo = (to: Socket): ((bytes: Buffer) => void) => {
    let held: Promise<unknown> | undefined
    return (bytes) => {
      if (slow === 0 && held === undefined) {
        to.write(bytes)
        return
      }
      const due = performance.now() + slow
      const mine = (held ?? Promise.resolve())
        .then(() => wait(Math.max(0, due - performance.now())))
        .then(() => to.write(bytes))
        .finally(() => {
          if (held === mine) held = undefined
        })
      held = mine
    }
  }

  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    const [toFar, toNear] = [passageTo(far), passageTo(near)]
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
      if (isHeld?.(bytes) === true) {
        isHeld = undefined
        near.pause()
        reached()
        return
      }
      if (meant?.(bytes) === true) {
        losing = lost
        meant = undefined
      }
      toFar(bytes)
    })
    far.on('data', (bytes: Buffer) => {
      if (losing === undefined) {
        toNear(bytes)
        return
      }
      losing()
      end()
    })
  })
  let lost = (): void => undefined
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    cut: (isMeant) => {
      let fired = false
      lost = () => {
        fired = true
      }
      meant = isMeant
      return () => fired
    },
    hold: (isMeant) => {
      isHeld = isMeant
      return new Promise((resolve) => {
        reached = resolve
      })
    },
    connections: () => sockets.size,
    drop: () => {
      for (const socket of sockets) socket.destroy()
    },
    slow: (millis) => {
      slow = millis
    },
    refuse: (now) => {
      if (now === !server.listening) return
      if (now) server.close()
      else server.listen(port, '127.0.0.1')
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
