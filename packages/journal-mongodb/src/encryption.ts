// Whether the server and the URL disagree about TLS, which the driver tells by silence: asks the other way, once there was no answer.
import { speaksPlain, speaksTls, tlsWords } from '@konfig/journal'
import { BSON } from 'mongodb'
import type { Location } from './location.ts'

const message = 2013
const headerBytes = 16

/** `hello`, which every server answers whoever asks. */
const hello = (): Uint8Array => {
  const body = BSON.serialize({ hello: 1, $db: 'admin' })
  const header = Buffer.alloc(headerBytes + 5)
  header.writeInt32LE(header.length + body.length, 0)
  header.writeInt32LE(message, 12)
  return Buffer.concat([header, body])
}

const isAnswer = (bytes: Uint8Array): boolean =>
  bytes.length >= headerBytes && Buffer.from(bytes).readInt32LE(12) === message

/** A phrase for people; undefined where that is not it, or cannot be told. */
export const tlsDisagreement = async (
  { hosts, encrypted, url }: Location,
  variable: string,
): Promise<string | undefined> => {
  const [, host = '', port = '27017'] = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(hosts[0] ?? '') ?? []
  if (host === '' || url.startsWith('mongodb+srv')) return undefined
  const place = { host, port: Number(port) }
  if (encrypted)
    return (await speaksPlain(place, hello(), isAnswer)) ? tlsWords.missing('tls=true', variable) : undefined
  return (await speaksTls(place)) ? tlsWords.wanted('tls=true', variable) : undefined
}
