// A library that makes every fsync of a process two milliseconds slower, as an ordinary disk would be. Needs a C compiler.
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The environment of a child that is to have the slower disk. */
export const slowDisk = (): Readonly<Record<string, string>> => {
  const shim = join(mkdtempSync(join(tmpdir(), 'konfig-shim-')), 'slow-fsync.so')
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, join(import.meta.dirname, 'slow-fsync.c'), '-ldl'])
  return { LD_PRELOAD: shim, KONFIG_FSYNC_MICROSECONDS: '2000' }
}
