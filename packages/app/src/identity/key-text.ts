// How an API key is written: `kfg_<key id>_<secret><checksum>`. Owns making and reading the text; knows nothing of where keys are kept.
import { createHash } from 'node:crypto'
import type { Ports } from '../ports.ts'

export interface KeyText {
  /** The public part, that finds the record. */
  readonly keyId: string
  /** The whole key, the secret with it. */
  readonly raw: string
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567'
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const shape = /^kfg_([a-z2-7]{16})_([0-9A-Za-z]{43})([a-z2-7]{6})$/

/** How long every key is. */
export const keyBytes = 70

const toBase32 = (bytes: Uint8Array, length: number): string => {
  let text = ''
  let bits = 0
  let buffer = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < length) {
      bits -= 5
      text += base32[(buffer >>> bits) & 31]
      buffer &= (1 << bits) - 1
    }
  }
  return text
}

const toBase62 = (bytes: Uint8Array): string => {
  let number = 0n
  for (const byte of bytes) number = (number << 8n) | BigInt(byte)
  let text = ''
  for (let index = 0; index < 43; index++) {
    text = base62[Number(number % 62n)] + text
    number /= 62n
  }
  return text
}

const checksumOf = (text: string): string => toBase32(createHash('sha256').update(text).digest(), 6)

/** A new key: an id of 80 random bits and a secret of 256. 70 bytes long, so bcrypt reads all of it. */
export const makeKey = ({ randomBytes }: Pick<Ports, 'randomBytes'>): KeyText => {
  const keyId = toBase32(randomBytes(10), 16)
  const text = `kfg_${keyId}_${toBase62(randomBytes(32))}`
  return { keyId, raw: text + checksumOf(text) }
}

/** Undefined for whatever is not a key as we write them: rubbish ends here, before any hashing. */
export const readKey = (raw: string): KeyText | undefined => {
  const [, keyId, , checksum] = shape.exec(raw) ?? []
  if (keyId === undefined || checksum === undefined) return undefined
  return checksumOf(raw.slice(0, -6)) === checksum ? { keyId, raw } : undefined
}

/** The id that a text claims, without proof: for finding a key that was proven before. */
export const claimedKeyId = (raw: string): string => raw.slice(4, 20)

/**
 * A number of that id, for a key that begins there: it costs less than cutting the id out of a text. Ids are random, so two of a node's keys seldom
 * share one; who finds by it must compare.
 */
export const numberOfKey = (text: string, from: number): number => {
  let number = 0
  for (let at = from + 4; at < from + 20; at++) number = (Math.imul(number, 37) + text.charCodeAt(at)) | 0
  return number & 0x3fff_ffff
}
