// A master key that never leaves a Vault or OpenBao: its transit engine wraps and unwraps. Owns the requests; whoever uses the key knows none.
// The key is best made with derived=true: what is wrapped is then bound to this purpose by the context that goes along.
import { createHash } from 'node:crypto'
import { failure, KonfigError } from '@konfig/core'
import type { MasterKey } from '@konfig/journal'
import type { Location } from './location.ts'
import { ask, type Answer, away, type Wire } from './request.ts'
import { openTokens, refused, type VaultAccess } from './token.ts'

export type { VaultAccess } from './token.ts'

export interface VaultKey {
  readonly location: Location
  readonly access: VaultAccess
  /** Of Vault Enterprise or OpenBao. */
  readonly namespace?: string | undefined
  /** How long the store may take to answer; 5 s if it is left out. */
  readonly patienceMillis?: number
}

const context = Buffer.from('konfig wrapped key 1').toString('base64')
const ours = /^vault:v\d+:[A-Za-z0-9+/]+={0,2}$/

const keyWrong = (): KonfigError => new KonfigError(failure('key_wrong'))

/** Makes sure that the key is there: asked to wrap with one that is not, the store may make it. Rejects with `unavailable`, `key_store_refuses`. */
export const vaultMasterKey = async ({
  location,
  access,
  namespace,
  patienceMillis = 5000,
}: VaultKey): Promise<MasterKey> => {
  const { origin, mount, key } = location
  const wire: Wire = { headers: namespace === undefined ? {} : { 'x-vault-namespace': namespace }, patienceMillis }
  const tokens = openTokens(origin, wire, access)

  const asked = async (path: string, body?: object): Promise<Answer> => {
    const token = await tokens.current()
    const answer = await ask(
      `${origin}/v1/${mount}/${path}/${key}`,
      { ...wire, headers: { ...wire.headers, 'x-vault-token': token } },
      body,
    )
    if (answer.outcome === 'denied') tokens.drop(token)
    return answer
  }

  /** Once more with a new token where the first was not taken. */
  const call = async (path: string, body?: object): Promise<Answer> => {
    const answer = await asked(path, body)
    return answer.outcome === 'denied' ? asked(path, body) : answer
  }

  const isThere = async (): Promise<boolean | undefined> => {
    const answer = await call('keys')
    // Who may wrap need not be allowed to look.
    if (answer.outcome === 'denied') return undefined
    return answer.outcome === 'done'
  }

  const missing = (): KonfigError => refused(`there is no key ${key} in ${mount}; make it with derived=true`)

  const textOf = async (
    path: 'encrypt' | 'decrypt',
    field: 'ciphertext' | 'plaintext',
    body: object,
  ): Promise<string> => {
    const answer = await call(path, { ...body, context })
    if (answer.outcome === 'denied') throw refused(`its token may not ${path} with ${key} in ${mount}`)
    if (answer.outcome === 'invalid') {
      // A key that was deleted answers as a wrong one does.
      if ((await isThere()) === false) throw missing()
      throw path === 'decrypt' ? keyWrong() : refused(`it cannot encrypt with ${key} in ${mount}`)
    }
    const text = answer.data[field]
    if (typeof text !== 'string') throw away(new Error('its answer lacks what was asked for'))
    return text
  }

  if ((await isThere()) === false) throw missing()
  return {
    id: `vault-${createHash('sha256')
      .update(`${namespace ?? ''}\n${mount}\n${key}`)
      .digest('hex')
      .slice(0, 16)}`,
    wrap: async (plain) => {
      // A key that was deleted would be made anew by encrypting, and what it wraps would be lost with it.
      if ((await isThere()) === false) throw missing()
      return Buffer.from(await textOf('encrypt', 'ciphertext', { plaintext: Buffer.from(plain).toString('base64') }))
    },
    unwrap: async (wrapped) => {
      const ciphertext = Buffer.from(wrapped).toString('latin1')
      if (!ours.test(ciphertext)) throw keyWrong()
      return new Uint8Array(Buffer.from(await textOf('decrypt', 'plaintext', { ciphertext }), 'base64'))
    },
  }
}
