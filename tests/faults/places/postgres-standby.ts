// Three nodes on a PostgreSQL with a synchronous standby; each node knows both servers.
import { createDatabase } from '../../servers/postgres.ts'
import { startStandbyPair } from '../../servers/postgres-standby.ts'
import { aWhile, type Fault, possible } from '../faults/fault.ts'
import { openMachine } from '../machine/machine.ts'
import { type Place, throughAll } from './place.ts'

export const openStandbyPlace = async (): Promise<Place> => {
  const pair = await startStandbyPair()
  const database = await createDatabase({ port: pair.ports[pair.primary()] ?? 0 })
  const nodeMachine = openMachine()

  const failOver: Fault = {
    name: 'kill -9 of the primary, promotion of its standby',
    lane: 'store',
    standing: () => possible,
    strike: async (scene) => {
      await pair.failOver()
      await aWhile(scene, 0)
      await pair.rejoin()
    },
  }
  const loseStandby: Fault = {
    name: 'kill -9 of the standby',
    lane: 'store',
    standing: () => possible,
    strike: async (scene) => {
      const bringBack = await pair.loseStandby()
      await aWhile(scene)
      await bringBack()
    },
  }
  return {
    backend: 'postgres-standby',
    optionsOf: () => ({
      KONFIG_JOURNAL: throughAll(database.url, pair.ports),
      KONFIG_JOURNAL_MIGRATE: throughAll(database.migrateUrl, pair.ports),
    }),
    nodes: 3,
    nodeMachine,
    own: [failOver, loseStandby],
    heal: pair.rejoin,
    remove: async () => {
      await pair.remove()
      nodeMachine.remove()
    },
  }
}
