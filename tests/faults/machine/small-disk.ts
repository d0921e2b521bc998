// A disk of its own with little room, in memory, that can be filled to the last byte and emptied again. Needs the right to mount.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly path: string
  /** Leaves no room at all. */
  readonly fill: () => void
  readonly free: () => void
  readonly remove: () => void
}

/** undefined where this user may not mount. */
export const openSmallDisk = (megabytes: number): SmallDisk | undefined => {
  const path = mkdtempSync(join(tmpdir(), 'konfig-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', path], { stdio: 'pipe' })
  } catch {
    rmSync(path, { recursive: true, force: true })
    return undefined
  }
  chmodSync(path, 0o711)
  const ballast = join(path, 'ballast')
  const remove = (): void => {
    execFileSync('umount', ['-l', path], { stdio: 'pipe' })
    rmSync(path, { recursive: true, force: true })
  }
  const atExit = (): void => {
    try {
      remove()
    } catch {}
  }
  process.once('exit', atExit)
  return {
    path,
    fill: () => {
      // Programs go on writing meanwhile: filled until nothing more goes in.
      for (let part = 0; part < 50; part += 1) {
        const { bavail, bsize } = statfsSync(path)
        if (bavail === 0) return
        try {
          writeFileSync(`${ballast}-${part}`, Buffer.alloc(bavail * bsize))
        } catch (reason) {
          if (!(reason instanceof Error && 'code' in reason && reason.code === 'ENOSPC')) throw reason
        }
      }
    },
    free: () => {
      for (let part = 0; part < 50; part += 1) rmSync(`${ballast}-${part}`, { force: true })
    },
    remove: () => {
      process.removeListener('exit', atExit)
      remove()
    },
  }
}
