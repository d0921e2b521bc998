// The credentials of a first start: made before anything uses them, so that a start that was cut short goes on with the same ones.
import { randomBytes } from 'node:crypto'
import { type App, createAdministrator, createUser, findUser } from '@konfig/app'
import { KonfigError } from '@konfig/core'
import { readJsonFile, writeOwned } from './files.ts'

export interface Login {
  readonly email: string
  readonly password: string
}

export interface Logins {
  readonly owner: Login
  readonly platformAdmin: Login
}

/** 144 random bits, in letters that nobody has to quote. */
const newPassword = (): string => randomBytes(18).toString('base64url')

/** Those of a start that did not come to its end, or new ones; on the disk before they are answered. */
export const pendingLogins = async (path: string): Promise<Logins> => {
  const found = await readJsonFile<Logins>(path)
  if (found !== undefined) return found
  const made: Logins = {
    owner: { email: 'owner@petclinic.example', password: newPassword() },
    platformAdmin: { email: 'admin@konfig.example', password: newPassword() },
  }
  await writeOwned(path, `${JSON.stringify(made)}\n`)
  return made
}

export const hasAdministrator = (app: App): boolean => {
  for (const _ of app.platform.state().entries('member')) return true
  return false
}

/** A user with this login; one who is there stays as they are. */
export const ensureUser = async (app: App, login: Login): Promise<string> => {
  const found = await findUser(app, login.email)
  return found === undefined ? (await createUser(app, login)).id : found.value.id
}

/** The first administrator, if the platform has none. Answers whether one was made. */
export const ensureAdministrator = async (app: App, login: Login): Promise<boolean> => {
  if (hasAdministrator(app)) return false
  try {
    await createAdministrator(app, login)
    return true
  } catch (reason) {
    if (reason instanceof KonfigError && reason.failure.code === 'already_exists' && hasAdministrator(app)) return false
    throw reason
  }
}

/** For installations that are not embedded: an administrator whose password is printed once and kept nowhere. */
export const freshAdministrator = (): Login => ({ email: 'admin@konfig.example', password: newPassword() })
