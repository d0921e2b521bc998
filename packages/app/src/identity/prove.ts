// Proving a password, with what slows guessing: a growing wait for each pair of email and address, so that nobody can lock a victim out,
// and a bound for each address. Equal work for unknown emails.
import { failure, KonfigError } from '@konfig/core'
import type { SealedRecord } from '@konfig/journal'
import { noteCounted } from '../audit/denials.ts'
import type { Context } from '../context.ts'
import { memoryOf } from './memory.ts'
import { membershipsOf, rolesIn } from './membership.ts'
import { verifyPassword } from './password.ts'
import { emailHash, type User } from './user.ts'

/** Where the failure is to be seen: the tenant that the login would have gone to, else the platform. */
const noteFailure = async (
  context: Context,
  email: string,
  user: User | undefined,
  tenantName: string | undefined,
): Promise<void> => {
  const { app, request } = context
  let log = app.platformAccess
  if (user !== undefined && tenantName !== undefined) {
    const tenant = await app.directory.find(tenantName)
    if (tenant !== undefined && (await rolesIn(app, tenant, user.id)).length > 0) log = tenant.access
  } else if (user !== undefined)
    for await (const { tenant } of membershipsOf(app, user.id)) {
      log = tenant.access
      break
    }
  const data = { email: emailHash(app, email), address: app.keyedHash(`address ${request.address}`) }
  // Guesses at names that there are not make one line a minute for each address.
  noteCounted(app, log, user === undefined ? data.address : `${data.email} ${data.address}`, {
    type: 'login_failed',
    actor: 'system',
    request: request.id,
    data,
  })
}

/** The user if the password is theirs. Rejects with `login_failed`, the same for a wrong password and an unknown email, and `rate_limited`. */
export const provePassword = async (
  context: Context,
  email: string,
  password: string,
  found: SealedRecord<User> | undefined,
  tenant?: string,
): Promise<User> => {
  const { app, request } = context
  const { loginTries, addressTries } = memoryOf(app)
  const pair = `${emailHash(app, email)} ${request.address}`
  const now = app.ports.now()
  loginTries.begin(pair, now)
  addressTries.begin(request.address, now)
  if (!(await verifyPassword(app, password, found?.value.password)) || found === undefined) {
    noteFailure(context, email, found?.value, tenant).catch(app.onError)
    throw new KonfigError(failure('login_failed'))
  }
  loginTries.succeeded(pair)
  addressTries.succeeded(request.address)
  return found.value
}
