// Makes the folder of this node's files, or says in words why it cannot be used. Must not know what lies in it.
import { constants } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartError } from './start-error.ts'

const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason ? String(reason.code) : 'an unknown reason'

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (reason: unknown) => {
      if (codeOf(reason) === 'ENOENT') return false
      throw reason
    },
  )

/** One folder at a time: the recursive mkdir of Node never ends below one that takes none, such as /proc. */
const makeMissing = async (path: string): Promise<void> => {
  if (await isThere(path)) return
  await makeMissing(dirname(path))
  await mkdir(path, { mode: 0o700 }).catch((reason: unknown) => {
    if (codeOf(reason) !== 'EEXIST') throw reason
  })
}

/** Throws `StartError`. */
export const openDataFolder = async (path: string): Promise<void> => {
  try {
    await makeMissing(path)
    await access(path, constants.W_OK | constants.X_OK)
  } catch (reason) {
    throw new StartError(
      `The data folder ${path} cannot be made or written to (${codeOf(reason)}). Choose another with DATA=, or KONFIG_DATA.`,
      { cause: reason },
    )
  }
  if (!(await stat(path)).isDirectory())
    throw new StartError(`The data folder ${path} is a file. Choose another with DATA=, or KONFIG_DATA.`)
}
