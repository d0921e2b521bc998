// The key pair with which an installation signs what others may want to hold it to: checkpoints, heads that are kept elsewhere, certificates.
// Made from the installation's own key, which only its master key unwraps: so every node has it, a backup brings it along, and whoever holds
// the database alone can neither sign nor put a pair of their own in its place. Owns no form of what is signed.
import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto'
import type { Installation } from './face.ts'

/** With it anybody checks what an installation signed. */
export interface PublicKey {
  /** The first 16 hexadecimal digits of sha256 over the key's 32 bytes. */
  readonly id: string
  /** SPKI in PEM, as other tools read it. */
  readonly pem: string
}

export interface Signing extends PublicKey {
  /** Ed25519 over the statement in UTF-8; 64 bytes. Its first line must say what it is, so that nothing signed passes for something else. */
  readonly sign: (statement: string) => Uint8Array
}

/** What stands before the 32 bytes of a private key of Ed25519 in PKCS #8, in DER. */
const front = Buffer.from('302e020100300506032b657004220420', 'hex')

const publicKeyOf = (key: KeyObject): PublicKey => {
  const { x } = key.export({ format: 'jwk' })
  return {
    id: createHash('sha256')
      .update(Buffer.from(x ?? '', 'base64url'))
      .digest('hex')
      .slice(0, 16),
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

export const signingOf = ({ key }: Pick<Installation, 'key'>): Signing => {
  const seed = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), 'konfig signing', 32))
  const secret = createPrivateKey({ key: Buffer.concat([front, seed]), format: 'der', type: 'pkcs8' })
  return {
    ...publicKeyOf(createPublicKey(secret)),
    sign: (statement) => new Uint8Array(sign(null, Buffer.from(statement), secret)),
  }
}

export const isSignedBy = ({ pem }: PublicKey, statement: string, signature: Uint8Array): boolean =>
  verify(null, Buffer.from(statement), pem, signature)

/** From SPKI in PEM; undefined where the text is no public key of Ed25519. */
export const readPublicKey = (pem: string): PublicKey | undefined => {
  try {
    const key = createPublicKey({ key: pem, format: 'pem' })
    return key.asymmetricKeyType === 'ed25519' ? publicKeyOf(key) : undefined
  } catch {
    return undefined
  }
}
