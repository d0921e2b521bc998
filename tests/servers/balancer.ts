// A load balancer as plain as they come: hands each new connection to the next node that says it is ready, and never looks into it.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Balancer {
  readonly url: string
  /** Ports of the nodes that are ready, as of the last probe. */
  readonly ready: () => readonly number[]
  readonly close: () => Promise<void>
}

const probeMillis = 100

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { headers: { connection: 'close' } }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.ok
    },
    () => false,
  )

export const openBalancer = async (ports: readonly number[]): Promise<Balancer> => {
  const ready = new Set<number>()
  const sockets = new Set<Socket>()
  let turn = 0
  let closed = false

  const probe = async (): Promise<void> => {
    for (const port of ports) {
      if (await isReady(port)) ready.add(port)
      else ready.delete(port)
    }
  }
  const probing = (async () => {
    while (!closed) {
      await probe()
      await new Promise((resolve) => setTimeout(resolve, probeMillis))
    }
  })()

  const server = createServer({ allowHalfOpen: true }, (near) => {
    const candidates = [...ready]
    turn += 1
    const far = connect(candidates[turn % Math.max(1, candidates.length)] ?? 0, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.setNoDelay(true)
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => sockets.delete(one))
    }
  })
  await probe()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: () => [...ready],
    close: async () => {
      closed = true
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await probing
    },
  }
}
