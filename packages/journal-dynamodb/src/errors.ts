// What the errors of DynamoDB and of the way to it mean for a caller: nothing was stored, it cannot be told, or the call could never succeed.
import { failure, KonfigError } from '@konfig/core'
import { unavailable, Unknown } from '@konfig/journal'

/**
 * `again`: nothing was stored, since the service has no room for it now; it may have it in a moment.
 * `shaky`: the service failed within itself and may have stored it; asking again is allowed.
 */
export type Fault = 'nothing' | 'again' | 'shaky' | 'unknown' | 'wrong'

const throttled = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'LimitExceededException',
])
/** What passes, or is for an operator to mend: the table, credentials, rights. */
const passing = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'ResourceInUseException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
])
/** Nobody was there to be asked. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Undefined where nobody answered. */
const statusOf = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('$fault' in error)) return undefined
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } }
  return $metadata?.httpStatusCode
}

/** Whether the way to the service failed before anything could be asked. */
export const isUnsent = (error: unknown): boolean =>
  unsent.has(codeOf(error)) || (nameOf(error) === 'TimeoutError' && /establish/.test(String(error)))

export const faultOf = (error: unknown): Fault => {
  const name = nameOf(error)
  if (throttled.has(name)) return 'again'
  if (passing.has(name) || isUnsent(error)) return 'nothing'
  const status = statusOf(error)
  if (status === undefined) return 'unknown'
  return status >= 500 ? 'shaky' : 'wrong'
}

/** `asked`: an attempt before this one may have been carried out. */
export const errorOf = (error: unknown, asked: boolean): Error => {
  if (error instanceof KonfigError || error instanceof Unknown) return error
  const fault = faultOf(error)
  if (asked || fault === 'unknown' || fault === 'shaky') return new Unknown('the answer was lost', { cause: error })
  // What the service says may repeat names and values: it stays inside, as the cause.
  return fault === 'wrong' ? new KonfigError(failure('bug'), { cause: error }) : unavailable(error)
}
