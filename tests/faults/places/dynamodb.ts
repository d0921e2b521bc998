// Three nodes on DynamoDB Local, through two proxies: one that throttles as the service does, and one that breaks connections.
import { isWrite, nameTable, openDynamodbProxy, startDynamodb, throttled } from '../../servers/dynamodb.ts'
import { openProxy } from '../../servers/proxy.ts'
import { aWhile, type Fault, possible } from '../faults/fault.ts'
import { openBase } from './ground.ts'
import type { Place } from './place.ts'

const diskMegabytes = 200

export const openDynamodbPlace = async (): Promise<Place> => {
  const base = openBase(diskMegabytes)
  const server = await startDynamodb({ ground: base.ground() })
  const throttle = await openDynamodbProxy(server)
  const proxy = await openProxy(throttle.port)
  const table = nameTable(server)
  const throttling: Fault = {
    name: 'throttling',
    lane: 'store',
    standing: () => possible,
    strike: async (scene) => {
      const all = scene.random.chance(0.3)
      throttle.refuse(throttled, (operation) => (all || isWrite(operation)) && scene.random.chance(0.7))
      await aWhile(scene)
      throttle.refuse()
    },
  }
  return {
    backend: 'dynamodb',
    optionsOf: () => ({ KONFIG_JOURNAL: table.through(proxy) }),
    nodes: 3,
    nodeMachine: base.nodeMachine,
    diskMachine: base.serverMachine,
    disk: base.disk ?? 'not mounted',
    database: {
      ...server,
      answers: async () => (await fetch(`http://127.0.0.1:${server.port}`)).status === 400,
    },
    proxy,
    own: [throttling],
    heal: async () => throttle.refuse(),
    remove: async () => {
      await proxy.close()
      await throttle.close()
      table.client.destroy()
      await server.remove()
      base.remove()
    },
  }
}
