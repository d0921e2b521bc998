// A master key that never leaves AWS KMS. Credentials and region come from where the AWS SDK looks for them. Owns the calls and what their
// refusals mean; whoever uses the key knows none.
import { createHash } from 'node:crypto'
import { DecryptCommand, DescribeKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms'
import { failure, KonfigError } from '@konfig/core'
import type { MasterKey } from '@konfig/journal'

export interface KmsKey {
  /** Its id, its ARN, or an alias (`alias/konfig`), which is looked up once, when the key is opened. */
  readonly key: string
  /** That of the ARN if it is left out, else where the SDK looks for one. */
  readonly region?: string | undefined
  /** Of a private endpoint; the SDK's own choice if it is left out. */
  readonly endpoint?: string | undefined
  /** How long one attempt may take; 5 s if it is left out. */
  readonly patienceMillis?: number
}

/** What is wrapped is bound to this purpose; it shows in CloudTrail. */
const context = { purpose: 'konfig wrapped key 1' }

/** Refusals that pass by themselves only when a person does something. */
const refusals: Readonly<Record<string, string>> = {
  AccessDeniedException: 'its credentials may not use the key',
  UnrecognizedClientException: 'its credentials are not valid',
  InvalidSignatureException: 'its credentials are not valid, or its clock is wrong',
  ExpiredTokenException: 'its credentials have ended',
  CredentialsProviderError: 'there are no credentials of AWS',
  DisabledException: 'the key is disabled',
  NotFoundException: 'there is no such key',
  InvalidKeyUsageException: 'the key is not one for encrypting',
  KMSInvalidStateException: 'the key is to be deleted, or not usable in its state',
}
const wrongKey = new Set(['InvalidCiphertextException', 'IncorrectKeyException'])

/** The SDK has no name for these. */
const withoutRegion = (reason: unknown): string | undefined =>
  reason instanceof Error && /^Region (is missing|not accepted)/.test(reason.message)
    ? 'no region of AWS is named, or none that there can be; set AWS_REGION, or name the key by its ARN'
    : undefined

const told = (reason: unknown): KonfigError => {
  const name = reason instanceof Error ? reason.name : ''
  if (wrongKey.has(name)) return new KonfigError(failure('key_wrong'))
  const refusal = Object.hasOwn(refusals, name) ? refusals[name] : withoutRegion(reason)
  if (refusal !== undefined)
    return new KonfigError(failure('key_store_refuses', { reason: refusal }), { cause: reason })
  return new KonfigError(failure('unavailable', { what: 'The key store', seconds: 1 }), { cause: reason })
}

/** What a key is, wherever it is asked: the replicas of a multi-region key are one key. */
const identityOf = (arn: string): string => /key\/(mrk-[0-9a-f]+)$/.exec(arn)?.[1] ?? arn

const regionOf = (key: string): string | undefined => /^arn:[^:]+:kms:([a-z\d-]+):/.exec(key)?.[1]

/** Stands before what was wrapped, so that another key's is told apart without asking anybody: 'KFK1', and 16 bytes of who wrapped it. */
const markOf = (identity: string): Buffer =>
  Buffer.concat([Buffer.from('KFK1'), createHash('sha256').update(identity).digest().subarray(0, 16)])

/** Rejects with `unavailable`, `key_store_refuses`. */
export const kmsMasterKey = async ({
  key,
  region = regionOf(key),
  endpoint,
  patienceMillis = 5000,
}: KmsKey): Promise<MasterKey> => {
  const client = new KMSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: patienceMillis, requestTimeout: patienceMillis, throwOnRequestTimeout: true },
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  const ask = async <T>(call: Promise<T>): Promise<T> =>
    call.catch((reason: unknown) => {
      throw told(reason)
    })
  const bytes = (found: Uint8Array | undefined): Uint8Array => {
    if (found === undefined) throw told(new Error('its answer lacks what was asked for'))
    return new Uint8Array(found)
  }

  const { KeyMetadata } = await ask(client.send(new DescribeKeyCommand({ KeyId: key })))
  const KeyId = KeyMetadata?.Arn ?? key
  const mark = markOf(identityOf(KeyId))
  return {
    id: `kms-${mark.subarray(4, 12).toString('hex')}`,
    wrap: async (plain) => {
      const { CiphertextBlob } = await ask(
        client.send(new EncryptCommand({ KeyId, Plaintext: plain, EncryptionContext: context })),
      )
      return Buffer.concat([mark, bytes(CiphertextBlob)])
    },
    unwrap: async (wrapped) => {
      const sealed = wrapped.subarray(mark.length)
      if (!mark.equals(wrapped.subarray(0, mark.length)) || sealed.byteLength === 0)
        throw new KonfigError(failure('key_wrong'))
      const { Plaintext } = await ask(
        client.send(new DecryptCommand({ KeyId, CiphertextBlob: sealed, EncryptionContext: context })),
      )
      return bytes(Plaintext)
    },
  }
}
