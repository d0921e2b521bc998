// One way to seal bytes: a fresh key by HKDF-SHA256 and a random salt, AES-256-GCM, and a commitment to the key that is checked first.
// Knows nothing of what it seals; `context` is what the bytes are bound to and is not kept here.
//
//   salt 32 | nonce 12 | commitment 32 | ciphertext | tag 16
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const saltSize = 32
const nonceSize = 12
const commitmentSize = 32
const tagSize = 16
export const overhead = saltSize + nonceSize + commitmentSize + tagSize

export interface DerivedKey {
  readonly cipher: Uint8Array
  /** Tells which key this is without telling the key: AES-GCM alone would open under more than one. */
  readonly commitment: Uint8Array
}

export const derive = (key: Uint8Array, salt: Uint8Array, purpose: string): DerivedKey => {
  const bytes = Buffer.from(hkdfSync('sha256', key, salt, `konfig ${purpose}`, 64))
  return { cipher: bytes.subarray(0, 32), commitment: bytes.subarray(32) }
}

/** Ciphertext and tag. The nonce is random and never a revision. */
export const encrypt = (
  key: Uint8Array,
  nonce: Uint8Array,
  context: Uint8Array,
  plain: Uint8Array,
): readonly Uint8Array[] => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(context)
  const sealed = cipher.update(plain)
  return [sealed, cipher.final(), cipher.getAuthTag()]
}

/** undefined where the bytes, or what they are bound to, are not what was sealed. */
export const decrypt = (
  key: Uint8Array,
  nonce: Uint8Array,
  context: Uint8Array,
  sealed: Uint8Array,
): Buffer | undefined => {
  if (sealed.byteLength < tagSize) return undefined
  const cut = sealed.byteLength - tagSize
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagSize })
  decipher.setAAD(context)
  decipher.setAuthTag(sealed.subarray(cut))
  try {
    const plain = decipher.update(sealed.subarray(0, cut))
    decipher.final()
    return plain
  } catch {
    return undefined
  }
}

export const seal = (key: Uint8Array, purpose: string, context: Uint8Array, plain: Uint8Array): Buffer => {
  const salt = randomBytes(saltSize)
  const nonce = randomBytes(nonceSize)
  const { cipher, commitment } = derive(key, salt, purpose)
  return Buffer.concat([salt, nonce, commitment, ...encrypt(cipher, nonce, context, plain)])
}

export type Opened = { readonly plain: Buffer } | { readonly refused: 'key' | 'bytes' }

/** `key`: the commitment is another key's. `bytes`: the right key, but not what was sealed, or not where it was sealed. */
export const open = (key: Uint8Array, purpose: string, context: Uint8Array, sealed: Uint8Array): Opened => {
  if (sealed.byteLength < overhead) return { refused: 'bytes' }
  const nonceAt = saltSize
  const commitmentAt = nonceAt + nonceSize
  const { cipher, commitment } = derive(key, sealed.subarray(0, saltSize), purpose)
  if (!timingSafeEqual(commitment, sealed.subarray(commitmentAt, commitmentAt + commitmentSize)))
    return { refused: 'key' }
  const plain = decrypt(
    cipher,
    sealed.subarray(nonceAt, commitmentAt),
    context,
    sealed.subarray(commitmentAt + commitmentSize),
  )
  return plain === undefined ? { refused: 'bytes' } : { plain }
}
