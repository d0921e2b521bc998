// Last known values in a file, and reading a bootstrap file. Owns atomic writing; works in Node and whatever has its modules, and is never reached in a browser.
import type { Store } from './store.ts'

/** Asked for when needed, so that the module loads where there is no file system. */
const modules = () => {
  const process = (globalThis as { readonly process?: NodeJS.Process }).process
  const files = process?.getBuiltinModule('node:fs/promises')
  return process === undefined || files === undefined ? undefined : { files, process }
}

export const hasFiles = (): boolean => modules() !== undefined

/** More is no file of values: a server's answer ends at 32 MiB. */
const largest = 128 * 1024 * 1024

const isMissing = (reason: unknown): boolean => (reason as { readonly code?: unknown } | null)?.code === 'ENOENT'

/** undefined where there is no such file. */
export const readFile = async (path: string): Promise<string | undefined> => {
  const found = modules()
  if (found === undefined) throw new TypeError('There are no files here; give the values themselves.')
  try {
    const { size } = await found.files.stat(path)
    if (size > largest) throw new RangeError('The file is too large to be one of values.')
    return await found.files.readFile(path, 'utf8')
  } catch (reason) {
    if (isMissing(reason)) return undefined
    throw reason
  }
}

/** Written beside the file and renamed over it, after it has reached the disk; readable by its owner only. */
const writeFile = async (path: string, text: string): Promise<void> => {
  const found = modules()
  if (found === undefined) throw new TypeError('There are no files here.')
  const { files, process } = found
  const beside = `${path}.${process.pid}-${Math.random().toString(36).slice(2, 10)}.tmp`
  try {
    const file = await files.open(beside, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await files.rename(beside, path)
  } catch (reason) {
    await files.rm(beside, { force: true }).catch(() => undefined)
    throw reason
  }
}

/** The folder must exist. */
export const fileStore = (path: string): Store => ({
  load: () => readFile(path),
  save: (text) => writeFile(path, text),
})
