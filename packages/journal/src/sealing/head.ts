// Where a log stood, as one line that its reader keeps elsewhere: signed, so that it proves later that nothing before it was changed or cut away.
//
//   konfig-head-1 <log> <revision> <chain hash, hexadecimal> <time> <key id> <signature, base64url>
import type { LogId, Millis } from '@konfig/core'
import type { LogHead } from './face.ts'
import { isSignedBy, type PublicKey, type Signing } from './signing.ts'

export interface KeptHead extends LogHead {
  readonly log: LogId
  readonly time: Millis
  /** Id of the public key that it was signed with. */
  readonly key: string
}

const form = /^(konfig-head-1 (\S{1,64}) (\d{1,15}) ([0-9a-f]{64}) (\S{20,30}) ([0-9a-f]{16})) ([A-Za-z0-9_-]{86})$/

export const signHead = (signing: Signing, log: LogId, { revision, hash }: LogHead, time: Millis): string => {
  const statement = `konfig-head-1 ${log} ${revision} ${Buffer.from(hash).toString('hex')} ${new Date(time).toISOString()} ${signing.id}`
  return `${statement} ${Buffer.from(signing.sign(statement)).toString('base64url')}`
}

export type ReadHead = { readonly ok: true; readonly head: KeptHead } | { readonly ok: false; readonly reason: string }

/** One line; whoever kept it may have kept it badly, so it is only believed with its signature. */
export const readHead = (line: string, signedBy: PublicKey): ReadHead => {
  const parts = form.exec(line.trim())
  if (parts === null) return { ok: false, reason: 'it is no line of a head' }
  const [, statement = '', log = '', revision = '', hash = '', time = '', key = '', signature = ''] = parts
  if (key !== signedBy.id) return { ok: false, reason: 'it was signed with another key than that of this installation' }
  const bytes = Buffer.from(signature, 'base64url')
  // One form for one signature: its last character has bits that mean nothing.
  if (bytes.toString('base64url') !== signature || !isSignedBy(signedBy, statement, bytes))
    return { ok: false, reason: 'its signature is not right: it was altered' }
  return {
    ok: true,
    head: {
      log,
      revision: Number(revision),
      hash: new Uint8Array(Buffer.from(hash, 'hex')),
      time: Date.parse(time),
      key,
    },
  }
}
