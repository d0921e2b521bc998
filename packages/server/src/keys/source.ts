// Where the master key comes from, as the variables say: a key, a file, a passphrase, Vault or AWS KMS. Owns those variables; opens nothing.
import { join, resolve } from 'node:path'

/** How a node shows Vault who it is. */
export type VaultLogin =
  | { readonly by: 'token'; readonly token: string }
  | { readonly by: 'file'; readonly path: string }
  | { readonly by: 'approle'; readonly roleId: string; readonly secretId: string }

export type MasterSource =
  | { readonly from: 'key'; readonly key: Uint8Array }
  | { readonly from: 'file'; readonly path: string /** Made where it is missing. */; readonly make: boolean }
  | { readonly from: 'passphrase'; readonly passphrase: string }
  | {
      readonly from: 'vault'
      /** `https://vault.example:8200/transit/konfig` */
      readonly location: string
      readonly access: VaultLogin
      readonly namespace: string | undefined
    }
  | { readonly from: 'kms'; readonly key: string }

export const masterVariables = [
  'KONFIG_MASTER_KEY',
  'KONFIG_MASTER_KEY_FILE',
  'KONFIG_MASTER_PASSPHRASE',
  'KONFIG_MASTER_VAULT',
  'KONFIG_MASTER_KMS',
] as const

/** The master key that an installation is about to leave behind: the same five, and needed until everything is wrapped anew. */
export const previousVariables = [
  'KONFIG_PREVIOUS_MASTER_KEY',
  'KONFIG_PREVIOUS_MASTER_KEY_FILE',
  'KONFIG_PREVIOUS_MASTER_PASSPHRASE',
  'KONFIG_PREVIOUS_MASTER_VAULT',
  'KONFIG_PREVIOUS_MASTER_KMS',
] as const

export const vaultVariables = [
  'KONFIG_VAULT_TOKEN',
  'KONFIG_VAULT_TOKEN_FILE',
  'KONFIG_VAULT_ROLE_ID',
  'KONFIG_VAULT_SECRET_ID',
  'KONFIG_VAULT_NAMESPACE',
] as const

type Name = (typeof masterVariables)[number] | (typeof previousVariables)[number] | (typeof vaultVariables)[number]

export type ReadText = (name: Name) => string | undefined

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const loginOf = (text: ReadText, wrong: (problem: string) => void): VaultLogin => {
  const token = text('KONFIG_VAULT_TOKEN')
  const file = text('KONFIG_VAULT_TOKEN_FILE')
  const roleId = text('KONFIG_VAULT_ROLE_ID')
  const secretId = text('KONFIG_VAULT_SECRET_ID')
  const ways = [token, file, roleId ?? secretId].filter((way) => way !== undefined)
  if (ways.length !== 1)
    wrong(
      'A master key in Vault needs one of KONFIG_VAULT_TOKEN, KONFIG_VAULT_TOKEN_FILE, or KONFIG_VAULT_ROLE_ID with KONFIG_VAULT_SECRET_ID',
    )
  if ((roleId === undefined) !== (secretId === undefined))
    wrong('KONFIG_VAULT_ROLE_ID and KONFIG_VAULT_SECRET_ID belong together: give both or none')
  if (token !== undefined) return { by: 'token', token }
  if (file !== undefined) return { by: 'file', path: resolve(file) }
  return { by: 'approle', roleId: roleId ?? '', secretId: secretId ?? '' }
}

const sourceOf = (
  names: typeof masterVariables | typeof previousVariables,
  text: ReadText,
  wrong: (problem: string) => void,
): MasterSource | undefined => {
  const [keyName, fileName, passphraseName, vaultName, kmsName] = names
  const given = names.filter((name) => text(name) !== undefined)
  if (given.length > 1) wrong(`Give one of ${given.join(', ')}, not several`)
  const key = text(keyName)
  const file = text(fileName)
  const passphrase = text(passphraseName)
  const location = text(vaultName)
  const kms = text(kmsName)
  if (key !== undefined) {
    const bytes = base64.test(key) ? Buffer.from(key, 'base64') : Buffer.alloc(0)
    if (bytes.length !== 32)
      wrong(`${keyName} must be 32 random bytes in base64, such as \`openssl rand -base64 32\` makes`)
    return { from: 'key', key: bytes }
  }
  if (file !== undefined) return { from: 'file', path: resolve(file), make: false }
  if (passphrase !== undefined) {
    if (passphrase.length < 12) wrong(`${passphraseName} must have at least 12 characters`)
    return { from: 'passphrase', passphrase }
  }
  if (location !== undefined)
    return { from: 'vault', location, access: loginOf(text, wrong), namespace: text('KONFIG_VAULT_NAMESPACE') }
  return kms === undefined ? undefined : { from: 'kms', key: kms }
}

/** Without any of the variables, the file in the data folder: which is made only where the server is embedded, and a mistake elsewhere. */
export const masterSource = (
  text: ReadText,
  { data, embedded }: { readonly data: string; readonly embedded: boolean },
  wrong: (problem: string) => void,
): MasterSource => {
  const found = sourceOf(masterVariables, text, wrong)
  if (found !== undefined) return found
  if (!embedded)
    wrong(
      `No master key: set one of ${masterVariables.join(', ')}. Only the embedded mode (without KONFIG_JOURNAL) makes one by itself; elsewhere \`openssl rand -base64 32\` does, for a file that is mode 0400 and has a copy elsewhere`,
    )
  return { from: 'file', path: join(data, 'master.key'), make: embedded }
}

export const previousSource = (text: ReadText, wrong: (problem: string) => void): MasterSource | undefined =>
  sourceOf(previousVariables, text, wrong)
