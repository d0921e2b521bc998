// Passwords: what is refused, how they are hashed and compared. A few at a time, so that logins never starve file and network work.
import { hash, verify } from '@node-rs/argon2'
import { failure, KonfigError } from '@konfig/core'
import type { App } from '../app.ts'
import { memoryOf } from './memory.ts'

const shortest = 10
const longest = 256
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The same text typed on different keyboards is one password. */
const normal = (password: string): string => password.normalize('NFKC')

/** Throws `password_invalid`, naming the rule and never the password. */
export const checkPassword = (password: string, email: string): void => {
  const refused = (rule: string): KonfigError => new KonfigError(failure('password_invalid', { rule }))
  const text = normal(password)
  if (text.length < shortest) throw refused(`use at least ${shortest} characters`)
  if (text.length > longest) throw refused(`use at most ${longest} characters`)
  if (new Set(text).size < 4) throw refused('use more than three different characters')
  if (text.toLowerCase().includes(email)) throw refused('it may not contain the email address')
}

export const hashPassword = (app: App, password: string): Promise<string> =>
  memoryOf(app).passwords.run(() => hash(normal(password), cost))

/** Made once. One that could not be made, because too many waited, is made by the next who asks: else nobody could ever log in again. */
const nobodysHash = (app: App): Promise<string> => {
  const memory = memoryOf(app)
  memory.nobody ??= hashPassword(app, Buffer.from(app.ports.randomBytes(32)).toString('base64url')).catch(
    (reason: unknown) => {
      memory.nobody = undefined
      throw reason
    },
  )
  return memory.nobody
}

/** Without a hash it takes as long as with one and answers false: an unknown email is not told apart by time. */
export const verifyPassword = async (app: App, password: string, hashed: string | undefined): Promise<boolean> => {
  const memory = memoryOf(app)
  if (password.length > longest * 4) return false
  const nobody = await nobodysHash(app)
  const same = await memory.passwords.run(() => verify(hashed ?? nobody, normal(password)))
  return same && hashed !== undefined
}
