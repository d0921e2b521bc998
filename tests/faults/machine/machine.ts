// A machine whose clock and disk can be made unsound while programs run on it: the environment to start them in, and the switches.
import { execFileSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Machine {
  /** What a program is started with, for it to be on this machine. */
  readonly environment: { readonly [name: string]: string }
  /** By how much its clock is wrong from now on. */
  readonly moveClock: (millis: number) => void
  /** Whether every attempt to make something durable fails from now on. */
  readonly failSyncs: (fail: boolean) => void
  readonly remove: () => void
}

let library: string | undefined

/** Compiled once for this process, by the C compiler that there is. */
const compiled = (): string => {
  if (library !== undefined) return library
  const folder = mkdtempSync(join(tmpdir(), 'konfig-machine-'))
  // Servers that do not run as this user load it as well.
  chmodSync(folder, 0o755)
  library = join(folder, 'unsound.so')
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, join(import.meta.dirname, 'unsound.c'), '-ldl'])
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return library
}

export const openMachine = (): Machine => {
  const preloaded = compiled()
  const folder = mkdtempSync(join(tmpdir(), 'konfig-machine-'))
  chmodSync(folder, 0o755)
  const path = join(folder, 'control')
  const file = openSync(path, 'w', 0o644)
  const write = (at: number, value: number): void => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(value))
    writeSync(file, bytes, 0, 8, at)
  }
  write(0, 0)
  write(8, 0)
  return {
    environment: { LD_PRELOAD: preloaded, FAULTS_CONTROL: path },
    moveClock: (millis) => write(0, Math.round(millis)),
    failSyncs: (fail) => write(8, fail ? 1 : 0),
    remove: () => {
      closeSync(file)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
