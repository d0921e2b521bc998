// Writes and reads the file of a backup. Promise: a file under the name that was asked for is whole; one that was cut short never has it.
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartError } from '../start-error.ts'

const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason ? String(reason.code) : 'an unknown reason'

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Answers how many bytes there are. Refuses to write over a file that is there. */
export const writeFile = async (path: string, bytes: AsyncIterable<Uint8Array>): Promise<number> => {
  if ((await stat(path).catch(() => undefined)) !== undefined)
    throw new StartError(`There is a file at ${path} already; choose another name.`)
  const partial = `${path}.partial`
  let file: FileHandle
  try {
    // Nobody else reads it, though it is sealed: a backup is everything.
    file = await open(partial, 'w', 0o600)
  } catch (reason) {
    throw new StartError(`${partial} cannot be written (${codeOf(reason)}).`, { cause: reason })
  }
  let size = 0
  try {
    for await (const part of bytes) {
      await file.writeFile(part)
      size += part.byteLength
    }
    await file.sync()
    await file.close()
    await rename(partial, path)
    await syncFolder(dirname(path))
  } catch (reason) {
    await file.close().catch(() => undefined)
    await rm(partial, { force: true })
    const code = reason instanceof Error && 'syscall' in reason ? codeOf(reason) : undefined
    throw code === undefined ? reason : new StartError(`${path} cannot be written (${code}).`, { cause: reason })
  }
  return size
}

/** Throws `StartError` where there is none. */
export const readFile = async (path: string): Promise<AsyncIterable<Uint8Array>> => {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) throw new StartError(`There is no file at ${path}.`)
  return createReadStream(path, { highWaterMark: 1024 * 1024 })
}
