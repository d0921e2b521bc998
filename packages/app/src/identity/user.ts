// Users: one record for each person, found by id or by a keyed hash of the email. Global; what they may do is in the logs.
import { failure, KonfigError, type Millis } from '@konfig/core'
import type { SealedRecord } from '@konfig/journal'
import type { App } from '../app.ts'
import { normalEmail } from './email.ts'
import { checkPassword, hashPassword } from './password.ts'

export interface User {
  readonly id: string
  readonly email: string
  readonly displayName?: string
  readonly password: string
  /** Goes up with each new password; what was begun under an older one is void. */
  readonly epoch: number
  readonly createdAt: Millis
}

export interface NewUser {
  readonly email: string
  readonly password: string
  readonly displayName?: string | undefined
}

const users = 'users'
const emails = 'user-emails'

export const emailHash = (app: App, email: string): string => app.keyedHash(`email ${email}`)

export const readUser = (app: App, userId: string): Promise<SealedRecord<User> | undefined> =>
  app.records.get<User>(users, userId)

/** By an email in its normal form. */
export const findUser = async (app: App, email: string): Promise<SealedRecord<User> | undefined> => {
  const index = await app.records.get<{ readonly userId: string }>(emails, emailHash(app, email))
  return index === undefined ? undefined : readUser(app, index.value.userId)
}

/** Rejects with `already_exists`, `password_invalid`, `body_invalid`. Of several who make one email at once, one wins. */
export const createUser = async (app: App, given: NewUser): Promise<User> => {
  const email = normalEmail(given.email)
  checkPassword(given.password, email)
  const password = await hashPassword(app, given.password)
  const id = app.ports.newId()
  const user: User = {
    id,
    email,
    ...(given.displayName === undefined ? {} : { displayName: given.displayName }),
    password,
    epoch: 1,
    createdAt: app.ports.now(),
  }
  const key = emailHash(app, email)
  // The record first: an email that leads nowhere is one whose user came to nothing, and may be taken.
  await app.records.put(users, id, undefined, user)
  const index = await app.records.get<{ readonly userId: string }>(emails, key)
  const taken = index !== undefined && (await readUser(app, index.value.userId)) !== undefined
  if (taken || (await app.records.put(emails, key, index?.version, { userId: id })) === undefined) {
    await removeUser(app, id)
    throw new KonfigError(failure('already_exists', { kind: 'user', name: 'with this email' }))
  }
  return user
}

/** Takes back a user that was just made; the email is free again. */
export const removeUser = async (app: App, userId: string): Promise<void> => {
  const found = await readUser(app, userId)
  if (found !== undefined) await app.records.delete(users, userId, found.version)
}

/** Sets a new password on the user as it was read; false where somebody else was faster. */
export const replacePassword = async (app: App, found: SealedRecord<User>, password: string): Promise<boolean> => {
  checkPassword(password, found.value.email)
  const next: User = { ...found.value, password: await hashPassword(app, password), epoch: found.value.epoch + 1 }
  return (await app.records.put(users, found.id, found.version, next)) !== undefined
}
