// Changes the file of profiles. Promise: each change is made on the newest file and lands whole or not at all, whoever else writes.
import { randomUUID } from 'node:crypto'
import { mkdir, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { refuse } from '../problem/problem.ts'
import type { ProfileFile } from './profile.ts'
import { readProfiles } from './read.ts'

/** A lock older than this was left behind: nothing is done under it that takes so long. */
const staleMillis = 30_000
const waitMillis = 50
const patience = 40_000

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

const takeLock = async (lock: string): Promise<void> => {
  for (let waited = 0; waited < patience; waited += waitMillis) {
    try {
      await (await open(lock, 'wx', 0o600)).close()
      return
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') throw reason
    }
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > staleMillis) await rm(lock, { force: true })
    else await pause(waitMillis)
  }
  refuse({
    code: 'profiles_locked',
    outcome: 'unavailable',
    detail: `Another process holds ${lock}.`,
    next: `If none runs, delete ${lock}.`,
  })
}

const write = async (path: string, { current, profiles }: ProfileFile): Promise<void> => {
  const fresh = `${path}.${randomUUID()}`
  const file = await open(fresh, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify({ current, profiles }, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
}

/** The file itself where the name is a link, so that the link stays one; the file need not be there yet. */
const behindLinks = async (path: string): Promise<string> => {
  try {
    return await realpath(path)
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== 'ENOENT') throw reason
  }
  const target = await readlink(path).catch(() => undefined)
  return target === undefined ? path : behindLinks(resolve(dirname(path), target))
}

const cannotWrite = (path: string, reason: unknown): never =>
  refuse(
    {
      code: 'profiles_unwritable',
      outcome: 'usage',
      detail: `The profiles cannot be written to ${path} (${(reason as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      next: 'Make the folder writable, or name another one in XDG_CONFIG_HOME.',
    },
    reason,
  )

/** `change` sees the file as it is under the lock and gives what it shall be; the same object means: leave it. */
export const changeProfiles = async (
  named: string,
  change: (file: ProfileFile) => ProfileFile | Promise<ProfileFile>,
): Promise<ProfileFile> => {
  let path = named
  let lock = ''
  try {
    await mkdir(dirname(named), { recursive: true, mode: 0o700 })
    path = await behindLinks(named)
    lock = `${path}.lock`
    await takeLock(lock)
  } catch (reason) {
    return reason instanceof Error && 'problem' in reason ? Promise.reject(reason) : cannotWrite(path, reason)
  }
  try {
    const before = readProfiles(path)
    const after = await change(before)
    if (after !== before) await write(path, after).catch((reason: unknown) => cannotWrite(path, reason))
    return after
  } finally {
    await rm(lock, { force: true })
  }
}
