// The contract against a real OpenBao, with a node that logs in as an application.
import { keyStoreContract } from '@konfig/journal/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenBao, startOpenBao } from '../../../tests/servers/openbao.ts'
import { readLocation, type VaultAccess, vaultMasterKey } from './index.ts'

let bao: OpenBao
let access: VaultAccess

const policy = `path "transit/*" { capabilities = ["create", "read", "update"] }`

/** A busy machine may take long to answer: only what hangs shall end. */
const keyAt = async (name: string, by = access, patienceMillis = 30_000) => {
  const location = readLocation(`${bao.url}/transit/${name}`)
  if (location === undefined) throw new Error('the location cannot be read')
  return vaultMasterKey({ location, access: by, patienceMillis })
}

beforeAll(async () => {
  bao = await startOpenBao()
  for (const name of ['konfig', 'other', 'plain'])
    await bao.call('POST', `transit/keys/${name}`, { derived: name !== 'plain' })
  await bao.call('PUT', 'sys/policies/acl/konfig', { policy })
  await bao.call('POST', 'auth/approle/role/konfig', { token_policies: 'konfig', token_ttl: '1h' })
  const role = await bao.call('GET', 'auth/approle/role/konfig/role-id')
  const secret = await bao.call('POST', 'auth/approle/role/konfig/secret-id', {})
  const text = (from: { readonly [field: string]: unknown }, field: string): string =>
    String((from['data'] as { readonly [field: string]: unknown })[field])
  access = { by: 'approle', roleId: text(role, 'role_id'), secretId: text(secret, 'secret_id') }
})
afterAll(() => bao.remove())

keyStoreContract('vault', {
  open: (patienceMillis) => keyAt('konfig', access, patienceMillis),
  other: () => keyAt('other'),
  stop: async () => {
    await bao.stop()
    return bao.start
  },
  freeze: async () => {
    const goOn = bao.freeze()
    return async () => goOn()
  },
  lockOut: async () => {
    await bao.call('PUT', 'sys/policies/acl/konfig', { policy: 'path "none" { capabilities = ["deny"] }' })
    return async () => void (await bao.call('PUT', 'sys/policies/acl/konfig', { policy }))
  },
  disable: async () => {
    await bao.call('POST', 'transit/keys/konfig/config', {
      exportable: true,
      allow_plaintext_backup: true,
      deletion_allowed: true,
    })
    const backup = await bao.call('GET', 'transit/backup/konfig')
    await bao.call('DELETE', 'transit/keys/konfig')
    return async () =>
      void (await bao.call('POST', 'transit/restore/konfig', { backup: (backup['data'] as { backup: string }).backup }))
  },
})

describe('a master key in a Vault', () => {
  it('logs in again when its token has ended', async () => {
    const key = await keyAt('konfig')
    const wrapped = await key.wrap(Buffer.from('text'))
    await bao.call('PUT', 'sys/leases/revoke-prefix/auth/approle')
    expect(Buffer.from(await key.unwrap(wrapped)).toString()).toBe('text')
  })

  it('opens what was wrapped before the store rotated the key', async () => {
    const key = await keyAt('other')
    const wrapped = await key.wrap(Buffer.from('text'))
    await bao.call('POST', 'transit/keys/other/rotate')
    expect(Buffer.from(await key.unwrap(wrapped)).toString()).toBe('text')
    expect(Buffer.from(await key.wrap(Buffer.from('text'))).toString()).toContain('vault:v2:')
  })

  it('works with a key that is not derived too', async () => {
    const key = await keyAt('plain')
    expect(Buffer.from(await key.unwrap(await key.wrap(Buffer.from('text')))).toString()).toBe('text')
  })

  it('does not make a key whose name was mistyped', async () => {
    await expect(keyAt('konfgi')).rejects.toMatchObject({ failure: { code: 'key_store_refuses' } })
    await expect(bao.call('GET', 'transit/keys/konfgi')).rejects.toThrow('404')
  })

  it('says that its secret is not taken', async () => {
    const wrong = keyAt('konfig', { by: 'approle', roleId: 'nobody', secretId: 'nothing' })
    await expect(wrong).rejects.toMatchObject({ failure: { code: 'key_store_refuses' } })
  })

  it('is named by https, or by http on loopback alone', () => {
    for (const text of [
      'http://vault.example/transit/konfig',
      'https://vault.example/konfig',
      'https://u:p@v.example/t/k',
      'vault',
    ])
      expect(readLocation(text)).toBeUndefined()
    expect(readLocation('https://vault.example:8200/team/transit/konfig')).toEqual({
      origin: 'https://vault.example:8200',
      mount: 'team/transit',
      key: 'konfig',
    })
  })
})
