// One node on a file of SQLite, which it makes durable itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMachine } from '../machine/machine.ts'
import { openSmallDisk } from '../machine/small-disk.ts'
import type { Place } from './place.ts'

const diskMegabytes = 64

export const openSqlitePlace = async (): Promise<Place> => {
  const machine = openMachine()
  const disk = openSmallDisk(diskMegabytes)
  const folder = disk?.path ?? mkdtempSync(join(tmpdir(), 'konfig-faults-'))
  return {
    backend: 'sqlite',
    optionsOf: () => ({ KONFIG_JOURNAL: `sqlite:${join(folder, 'konfig.db')}` }),
    nodes: 1,
    nodeMachine: machine,
    diskMachine: machine,
    disk: disk ?? 'not mounted',
    remove: async () => {
      if (disk === undefined) rmSync(folder, { recursive: true, force: true })
      else disk.remove()
      machine.remove()
    },
  }
}
