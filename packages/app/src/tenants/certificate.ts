// The certificate of an erasure: what was destroyed, when and by whom, how its log stood, and until when a backup may still hold it. Signed with the
// installation's key, kept among the records, checked without an installation. Owns its form.
import { canonical, isObject, type Json, type JsonObject, type LogId } from '@konfig/core'
import { isSignedBy, type PublicKey } from '@konfig/journal'
import type { App } from '../app.ts'
import { check, type Context, notFound } from '../context.ts'

export interface Erasure {
  readonly format: 'konfig erasure certificate 2'
  readonly tenant: { readonly id: string; readonly name: string }
  /** The log that cannot be read any more. `hash` is its chain's, in hexadecimal, over what is sealed: it verifies without the key. */
  readonly log: { readonly id: LogId; readonly revision: number; readonly batches: number; readonly hash: string }
  /** The versions of its key that were destroyed. */
  readonly keys: readonly { readonly version: number; readonly createdAt: string }[]
  /**
   * Every place that its keys are known to have been in. `left`: that one was not reached, and still holds the key as it was sealed, with what rows it has.
   * Once it is reached, the certificate is made anew. Certificates of format 1 do not say it.
   */
  readonly places: readonly CertifiedPlace[]
  readonly erasedAt: string
  readonly erasedBy: string
  readonly request: string
  /** Its access log has a key of its own, and stays until its time ends. */
  readonly accessLog: LogId
  /** Backups that were made before hold the keys as they hold the rows. */
  readonly backups: { readonly keptDays: number; readonly until: string }
}

export interface CertifiedPlace {
  /** What it was called when it was last named. */
  readonly journal: string
  readonly id: string
  readonly key: 'destroyed' | 'left'
  /** When it was destroyed there. */
  readonly at?: string
}

export interface Certificate {
  readonly certificate: Erasure
  /**
   * Ed25519, in base64, over a first line `konfig erasure certificate` and the certificate as JSON with sorted names and without spaces. `key` is the id of
   * the public key that stands beside it: it is worth what is known of it from elsewhere.
   */
  readonly signature: {
    readonly algorithm: 'Ed25519'
    readonly key: string
    readonly publicKey: string
    readonly value: string
  }
}

const collection = 'erasures'
const isName = /^[a-z0-9][a-z0-9_-]{0,62}$/

const statementOf = (erasure: Json): string => `konfig erasure certificate\n${canonical(erasure)}`

export const certify = ({ signing }: Pick<App, 'signing'>, certificate: Erasure): Certificate => ({
  certificate,
  signature: {
    algorithm: 'Ed25519',
    key: signing.id,
    publicKey: signing.pem,
    value: Buffer.from(signing.sign(statementOf(certificate as unknown as Json))).toString('base64'),
  },
})

/** Whether it is as it was signed, by the installation with this public key. Needs nothing else. */
export const isCertified = (given: JsonObject, publicKey: PublicKey): boolean => {
  const { certificate, signature } = given
  if (certificate === undefined || !isObject(certificate) || signature === undefined || !isObject(signature))
    return false
  const { value } = signature
  return typeof value === 'string' && isSignedBy(publicKey, statementOf(certificate), Buffer.from(value, 'base64'))
}

/** The first that is kept of an erasure stays; a tenant that came back from a backup and is erased again has one of that erasure. */
export const keepCertificate = async (app: App, made: Certificate): Promise<Certificate> => {
  const { tenant, log, erasedAt } = made.certificate
  for (;;) {
    const kept = await keptCertificate(app, tenant.id)
    if (kept === undefined) {
      if ((await app.records.put(collection, tenant.id, undefined, made)) !== undefined) return made
      continue
    }
    const { certificate: before } = kept.value
    if (before.log.id === log.id || before.erasedAt > erasedAt) return kept.value
    if (await replaceCertificate(app, kept.version, made)) return made
  }
}

/** A newer one in place of the one that was read; false where that is not the one that is kept any more. */
export const replaceCertificate = async (app: App, version: string, made: Certificate): Promise<boolean> =>
  (await app.records.put(collection, made.certificate.tenant.id, version, made)) !== undefined

export const keptCertificate = (app: App, tenantId: string) => app.records.get<Certificate>(collection, tenantId)

export const certificateOf = async (app: App, tenantId: string): Promise<Certificate | undefined> =>
  (await keptCertificate(app, tenantId))?.value

/** By name, or by the id of the tenant that it was. Rejects with `denied`, `resource_not_found`. */
export const readCertificate = async (context: Context, nameOrId: string): Promise<Certificate> => {
  check(context, 'platform:read')
  const { app } = context
  if (!isName.test(nameOrId)) throw notFound('certificate', nameOrId)
  const named = (await app.directory.entry(nameOrId))?.value
  const found = await certificateOf(app, named?.standing === 'closed' ? named.id : nameOrId)
  if (found === undefined) throw notFound('certificate', nameOrId)
  return found
}
