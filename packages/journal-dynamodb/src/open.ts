// Opens both ports on one table of DynamoDB: makes the table or looks at it, tries what the credentials may do, then hands out the ports.
import { KonfigError, type Millis } from '@konfig/core'
import { askAgain, CannotOpen, type Clock, type Opened, openLifetime, unavailable, Unknown } from '@konfig/journal'
import { openBell } from './bell.ts'
import { newClient } from './connect.ts'
import { openDatabase } from './database.ts'
import { codeOf, faultOf, isUnsent, nameOf } from './errors.ts'
import { dynamodbJournal } from './journal.ts'
import { isOpen, type Location, readLocation, titleOf } from './location.ts'
import { dynamodbRecords } from './records.ts'
import { haveInstallation, haveTable, haveTtl, tryRights } from './schema/make.ts'

export interface DynamodbOptions {
  /** `dynamodb://region/table?endpoint=…`. Credentials come from where the AWS SDK looks for them. */
  readonly url: string
  readonly clock: Clock
  /** How long a request that is throttled is tried again before it is refused. */
  readonly patience?: Millis
  /** How long an answer may take before it counts as lost. */
  readonly answerMillis?: Millis
}

/** What a person must put right, by the name of the error. */
const refusals: Readonly<Record<string, string>> = {
  AccessDeniedException:
    'the credentials may not use it. docs/how-to-dynamodb.md lists the actions that they must be allowed.',
  CredentialsProviderError:
    'there are no credentials of AWS. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile, or give this machine a role.',
  ExpiredTokenException: 'the credentials have ended.',
  IncompleteSignature: 'the credentials are not valid.',
  InvalidSignatureException:
    'the credentials are not valid or are for another region, or the clock of this machine is wrong.',
  MissingAuthenticationToken: 'the credentials are not valid.',
  MissingAuthenticationTokenException: 'the credentials are not valid.',
  UnrecognizedClientException: 'the credentials are not valid, or not in this region.',
}

/** The error of the service or of the way to it, inside what it was told as. */
const rootOf = (error: unknown): unknown =>
  (error instanceof KonfigError || error instanceof Unknown) && error.cause !== undefined ? rootOf(error.cause) : error

const explain = (error: unknown, location: Location): unknown => {
  if (error instanceof CannotOpen) return error
  const root = rootOf(error)
  const name = nameOf(root)
  const refusal = Object.hasOwn(refusals, name) ? refusals[name] : undefined
  if (refusal !== undefined)
    return new CannotOpen(`DynamoDB does not let in whoever opens the table ${titleOf(location)}: ${refusal}`, {
      cause: error,
    })
  if (error instanceof KonfigError) return error
  const isCertificate = /CERT|TLS|SSL/.test(codeOf(root))
  if (!isCertificate && (isUnsent(root) || faultOf(root) !== 'wrong')) return unavailable(root)
  const why = root instanceof Error ? root.message : 'unknown error'
  return new CannotOpen(`The table ${titleOf(location)} cannot be used: ${why}.`, { cause: error })
}

/**
 * Both ports share their connections: closing either closes both.
 * Rejects with `CannotOpen` for what a person must put right, `journal_newer` for a table of a newer version, `unavailable` while the service is away.
 */
export const openDynamodb = async (options: DynamodbOptions): Promise<Opened> => {
  const location = readLocation(options.url)
  const answerMillis = options.answerMillis ?? 10_000
  const client = newClient(location, answerMillis)
  const database = openDatabase(client, location.table, {
    throttled: options.patience ?? 5000,
    connections: location.connections,
  })
  const warnings: string[] = []
  let id = ''
  try {
    await haveTable(client, location)
    const warning = await haveTtl(client, location)
    if (warning !== undefined) warnings.push(warning)
    id = await haveInstallation(database).catch(askAgain)
    await tryRights(database).catch(askAgain)
  } catch (error) {
    await database.close()
    throw explain(error, location)
  }
  if (isOpen(location))
    warnings.push(
      `The connection to the endpoint of ${titleOf(location)} is not encrypted. Give an endpoint with https`,
    )

  const bell = openBell(database)
  const lifetime = openLifetime(answerMillis, () => Promise.all([bell.close(), database.close()]))
  return {
    journal: dynamodbJournal(database, bell, id, options.clock, lifetime),
    records: dynamodbRecords(database, options.clock, lifetime.close),
    warnings,
    name: titleOf(location),
  }
}
