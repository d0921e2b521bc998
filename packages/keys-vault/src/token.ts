// The token that a node shows to the store: given, read from a file that an agent renews, or from logging in as an application.
// Promise: a token that is no longer taken is got anew once; nobody renews one, since past its last day that fails in ways that look like an outage.
import { readFile } from 'node:fs/promises'
import { failure, KonfigError } from '@konfig/core'
import { ask, type Wire } from './request.ts'

export type VaultAccess =
  | { readonly by: 'token'; readonly token: string }
  | { readonly by: 'file'; readonly path: string }
  | { readonly by: 'approle'; readonly roleId: string; readonly secretId: string }

export const refused = (reason: string, cause?: unknown): KonfigError =>
  new KonfigError(failure('key_store_refuses', { reason }), cause === undefined ? {} : { cause })

export interface Tokens {
  readonly current: () => Promise<string>
  /** To be called when a token was not taken; the next `current` gets another. */
  readonly drop: (token: string) => void
}

const fromFile = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch((reason: unknown) => {
    throw refused('the file of its token cannot be read', reason)
  })
  return text.trim()
}

export const openTokens = (origin: string, wire: Wire, access: VaultAccess): Tokens => {
  let held: Promise<string> | undefined

  const logIn = async (roleId: string, secretId: string): Promise<string> => {
    const answer = await ask(`${origin}/v1/auth/approle/login`, wire, { role_id: roleId, secret_id: secretId })
    const token = answer.outcome === 'done' ? answer.data['client_token'] : undefined
    if (typeof token !== 'string') throw refused('logging in with the role and its secret failed')
    return token
  }

  const get = (): Promise<string> => {
    if (access.by === 'token') return Promise.resolve(access.token)
    return access.by === 'file' ? fromFile(access.path) : logIn(access.roleId, access.secretId)
  }

  return {
    current: async () => {
      const asking = (held ??= get())
      try {
        return await asking
      } catch (reason) {
        if (held === asking) held = undefined
        throw reason
      }
    },
    drop: (token) => {
      held?.then(
        (current) => {
          if (current === token) held = undefined
        },
        () => undefined,
      )
    },
  }
}
