// The ground that every place stands on: machines that can be made unsound, and a small disk where one can be mounted.
import { tmpdir } from 'node:os'
import { type Machine, openMachine } from '../machine/machine.ts'
import { openSmallDisk, type SmallDisk } from '../machine/small-disk.ts'
import type { Ground } from '../../servers/program.ts'

export interface Base {
  readonly nodeMachine: Machine
  readonly serverMachine: Machine
  readonly disk: SmallDisk | undefined
  /** For a server on that disk and machine. */
  readonly ground: (settings?: readonly string[]) => Ground
  readonly remove: () => void
}

export const openBase = (megabytes: number): Base => {
  const nodeMachine = openMachine()
  const serverMachine = openMachine()
  const disk = openSmallDisk(megabytes)
  return {
    nodeMachine,
    serverMachine,
    disk,
    ground: (settings = []) => ({
      parent: disk?.path ?? tmpdir(),
      environment: serverMachine.environment,
      settings,
    }),
    remove: () => {
      disk?.remove()
      serverMachine.remove()
      nodeMachine.remove()
    },
  }
}
