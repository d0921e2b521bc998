// Writes a file whole or not at all: beside its place first, then moved there, so that nobody reads half of one.
import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { refuse } from '../problem/problem.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'it may not be written',
  EROFS: 'it may not be written',
  ENOTDIR: 'what should be a folder on its way is a file',
  EEXIST: 'what should be a folder on its way is a file',
  EISDIR: 'it is a folder',
}

export const writeWhole = async (path: string, text: string): Promise<void> => {
  const beside = `${path}.${randomBytes(6).toString('hex')}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(beside, 'wx', 0o644)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (reason) {
    // Where it could not be begun there may be nothing to take away, and no folder to look in.
    await rm(beside, { force: true }).catch(() => undefined)
    const { code = 'unknown' } = reason as NodeJS.ErrnoException
    const why = reasons[code] ?? code
    refuse({ code: 'file_unwritable', outcome: 'usage', detail: `${path} cannot be written: ${why}.` }, reason)
  }
}
