// Master keys that live in this process: a local key, or one made from a passphrase. Wrap other keys and nothing else.
import { createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { failure, KonfigError } from '@konfig/core'
import type { Records } from '../records.ts'
import { keyWrong } from './corrupt.ts'
import { open, seal } from './envelope.ts'
import type { MasterKey } from './face.ts'

const context = Buffer.from('KFW1')
const iterations = 600_000
/** A file from elsewhere may ask for so many at most: minutes, not days. */
const mostIterations = 100 * iterations
const stretch = promisify(pbkdf2)

/** A master key of 32 random bytes. */
export const localMasterKey = (key: Uint8Array): MasterKey => {
  if (key.byteLength !== 32)
    throw new KonfigError(failure('bug'), { cause: new Error('a local master key has exactly 32 bytes') })
  const kept = new Uint8Array(key)
  return {
    id: createHmac('sha256', kept).update('konfig master key id').digest('hex').slice(0, 16),
    wrap: async (plain) => Buffer.concat([context, seal(kept, 'wrap', context, plain)]),
    unwrap: async (wrapped) => {
      const opened = open(kept, 'wrap', wrapped.subarray(0, context.length), wrapped.subarray(context.length))
      if ('refused' in opened) throw keyWrong()
      return opened.plain
    },
  }
}

/** How a passphrase becomes a key. No secret. */
export interface Stretching {
  readonly format: 1
  readonly salt: string
  readonly iterations: number
}

const saltKey = { collection: 'installation', id: 'passphrase' } as const

const readStretching = (found: Partial<Stretching>): Stretching => {
  const salt = Buffer.from(typeof found.salt === 'string' ? found.salt : '', 'base64')
  // Whoever can alter the store must not be able to make guessing cheap.
  if (
    found.format !== 1 ||
    salt.length !== 32 ||
    !Number.isSafeInteger(found.iterations) ||
    (found.iterations ?? 0) < iterations ||
    (found.iterations ?? 0) > mostIterations
  )
    throw keyWrong()
  return { format: 1, salt: salt.toString('base64'), iterations: found.iterations ?? iterations }
}

/** The master key that a passphrase gives under a salt that is known. Rejects with `key_wrong` a stretching that is weaker than ours. */
export const passphraseFrom = async (passphrase: string, stretching: Partial<Stretching>): Promise<MasterKey> => {
  const { salt, iterations: rounds } = readStretching(stretching)
  return localMasterKey(await stretch(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), rounds, 32, 'sha512'))
}

/** How the passphrase of an installation is stretched; undefined where its master key does not come from one. */
export const stretchingOf = async (records: Records): Promise<Stretching | undefined> => {
  const stored = await records.get(saltKey)
  return stored === undefined
    ? undefined
    : readStretching(JSON.parse(Buffer.from(stored.value).toString()) as Partial<Stretching>)
}

/** A master key from a passphrase: PBKDF2-SHA512, 600,000 rounds, with a salt that is made at the first start and kept beside the records. */
export const passphraseMasterKey = async (records: Records, passphrase: string): Promise<MasterKey> => {
  for (;;) {
    const stored = await stretchingOf(records)
    if (stored !== undefined) return passphraseFrom(passphrase, stored)
    const fresh: Stretching = { format: 1, salt: randomBytes(32).toString('base64'), iterations }
    await records.put({
      ...saltKey,
      expected: undefined,
      version: crypto.randomUUID(),
      value: Buffer.from(JSON.stringify(fresh)),
    })
  }
}
