// A tenant that is erased on one node while another moves it: no store keeps a key of it.
import { localMasterKey, openInstallation, openKeyRings, sealedRecords, type Stored } from '@konfig/journal'
import { createMemoryStore, openMemory } from '@konfig/journal/memory'
import { afterEach, describe, expect, it } from 'vitest'
import { openWorld, registered, type World } from '../identity/testing/world.ts'
import { moveTenant } from './move-tenant.ts'

const clock = { now: () => Date.UTC(2026, 1, 1) }
const opened: World[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

describe('the key of a tenant that is erased while it moves', () => {
  it('is nowhere, at whichever step of the move it was destroyed', async () => {
    for (let step = 0; ; step++) {
      const [main, eu] = [createMemoryStore(), createMemoryStore()]
      const storeOf = (store: typeof main): Stored => openMemory({ clock, store })
      const node = async (open: () => Stored): Promise<World> => {
        const made = await openWorld({ store: main, elsewhere: new Map([['eu', async () => open()]]) })
        opened.push(made)
        await made.app.places.opened()
        return made
      }
      const eraser = await node(() => storeOf(eu))
      await registered(eraser.app, 'acme')
      const config = (await eraser.app.directory.find('acme'))?.config ?? ''
      let left = step
      const due = async (collection: string, id: string): Promise<void> => {
        if (collection === 'key-rings' && id === config && left-- === 0) await eraser.app.places.end(config)
      }
      const mover = await node(() => {
        const { journal, records } = storeOf(eu)
        return {
          journal,
          records: {
            ...records,
            get: async (key) => {
              await due(key.collection, key.id)
              return records.get(key)
            },
            put: async (write) => {
              await due(write.collection, write.id)
              return records.put(write)
            },
          },
        }
      })
      await moveTenant(mover.app, { name: 'acme', from: 'main', to: 'eu', dryRun: false }).catch(() => undefined)
      if (left >= 0) return
      const installation = await openInstallation(storeOf(main).records, localMasterKey(new Uint8Array(32).fill(1)))
      for (const store of [main, eu]) {
        const records = sealedRecords(storeOf(store).records, installation)
        const versions = await openKeyRings(records, installation, clock).versions(config)
        expect([step, Array.isArray(versions)]).toEqual([step, false])
      }
      for (const each of opened.splice(0)) await each.close()
    }
  })
})
