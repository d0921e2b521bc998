// Three nodes on a Galera cluster of three members; each node knows all of them and begins with another one.
import { createDatabase } from '../../servers/mysql.ts'
import { startGalera } from '../../servers/galera.ts'
import { aWhile, type Fault, possible } from '../faults/fault.ts'
import { openMachine } from '../machine/machine.ts'
import { type Place, throughAll } from './place.ts'

export const openGaleraPlace = async (): Promise<Place> => {
  const cluster = await startGalera(3)
  const members = [...cluster.ports.keys()]
  const database = await createDatabase({ port: cluster.ports[0] ?? 0 })
  const nodeMachine = openMachine()
  const heal = async (): Promise<void> => {
    const running = members.filter(cluster.runs)
    if (running.length === 0) await cluster.recover()
    // Together: those who had lost the others need all of them to go on.
    else await Promise.all(members.map((member) => cluster.join(member)))
  }

  const killMember: Fault = {
    name: 'kill -9 of a member',
    lane: 'store',
    slow: true,
    standing: () => possible,
    strike: async (scene) => {
      await cluster.kill(scene.random.pick(members))
      await aWhile(scene, 0)
    },
  }
  const loseQuorum: Fault = {
    name: 'kill -9 of two members, no quorum',
    lane: 'store',
    slow: true,
    standing: () => possible,
    strike: async (scene) => {
      await Promise.all(scene.random.shuffle(members).slice(1).map(cluster.kill))
      await aWhile(scene, 0.5)
    },
  }
  const killAll: Fault = {
    name: 'kill -9 of all members at once',
    lane: 'store',
    slow: true,
    standing: () => possible,
    strike: async () => {
      await Promise.all(members.map(cluster.kill))
    },
  }
  /** All of the above in one, since every way back takes long: two go on, one has no quorum, none is left. */
  const oneByOne: Fault = {
    name: 'kill -9 of one member after the other',
    lane: 'store',
    standing: () => possible,
    strike: async (scene) => {
      const order = scene.random.shuffle(members)
      for (const [at, member] of order.entries()) {
        await cluster.kill(member)
        // The others notice, and go on.
        if (at === 0) await cluster.settle(order.slice(1))
        await aWhile(scene, 0.5)
      }
    },
  }
  return {
    backend: 'galera',
    optionsOf: (node) => {
      const ports = [...cluster.ports.slice(node), ...cluster.ports.slice(0, node)]
      return {
        KONFIG_JOURNAL: throughAll(database.url, ports),
        KONFIG_JOURNAL_MIGRATE: throughAll(database.migrateUrl, ports),
      }
    },
    nodes: 3,
    nodeMachine,
    own: [oneByOne, killMember, loseQuorum, killAll],
    heal,
    remove: async () => {
      await cluster.remove()
      nodeMachine.remove()
    },
  }
}
