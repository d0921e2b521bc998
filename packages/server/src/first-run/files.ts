// Files of the first run: readable by their owner only, whole or not there at all. Owns how they are written, not what is in them.
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** On the disk when it answers, under its own name only once it is whole. */
export const writeOwned = async (path: string, text: string): Promise<void> => {
  const beside = `${path}.new`
  const file = await open(beside, 'w', 0o600)
  await file.chmod(0o600)
  await file.writeFile(text)
  await file.sync()
  await file.close()
  await rename(beside, path)
  const folder = await open(dirname(path), 'r')
  await folder.sync()
  await folder.close()
}

/** Undefined where there is none. */
export const readJsonFile = async <T>(path: string): Promise<T | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T
  } catch (reason) {
    if (reason instanceof Error && 'code' in reason && reason.code === 'ENOENT') return undefined
    throw reason
  }
}
