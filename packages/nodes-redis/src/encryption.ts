// Whether Redis and the URL disagree about TLS, which is otherwise seen as silence or as connections that break: asks the other way.
import { speaksPlain, speaksTls, tlsWords } from '@konfig/journal'

const variable = 'KONFIG_REDIS'
const usualPort = 6379

/** `+PONG`, or `-NOAUTH …`. */
const isAnswer = (bytes: Uint8Array): boolean => /^[+-][A-Z]/.test(Buffer.from(bytes).toString('latin1'))

export const isEncrypted = (url: string): boolean => new URL(url).protocol === 'rediss:'

/** A phrase for people; undefined where that is not it, or cannot be told. */
export const tlsDisagreement = async (url: string): Promise<string | undefined> => {
  const { hostname, port } = new URL(url)
  const place = { host: hostname.replace(/^\[(.+)\]$/, '$1'), port: port === '' ? usualPort : Number(port) }
  if (isEncrypted(url)) {
    const plain = await speaksPlain(place, Buffer.from('PING\r\n'), isAnswer)
    return plain ? `it does not speak TLS: write redis:// in ${variable}, or have the server speak it` : undefined
  }
  return (await speaksTls(place)) ? tlsWords.wanted('rediss://', variable) : undefined
}
