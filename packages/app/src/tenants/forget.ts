// Takes out of the records what names a tenant that is erased: memberships, sessions, verifiers of API keys, invitations, counts. What stays is the
// directory's entry, since names are not used again, what is told of its logs by their ids, and the certificate. Looks at every record of these kinds:
// what the log says is not all, as people who left it and keys that were deleted may have left something behind.
import type { App } from '../app.ts'
import { everyRecord } from '../backup/source.ts'
import { endSession } from '../identity/session.ts'

/** Kinds of records that say in `tenant` whose they are. */
const naming = ['memberships', 'api-keys', 'invitations'] as const

interface Naming {
  readonly tenant?: string
}

const drop = async ({ records }: App, collection: string, id: string): Promise<void> => {
  for (;;) {
    const found = await records.get(collection, id)
    if (found === undefined || (await records.delete(collection, id, found.version))) return
  }
}

/** May be repeated. Rejects with `unavailable`. */
export const forgetTenant = async (app: App, { id, name }: { readonly id: string; readonly name: string }) => {
  for (const collection of naming)
    for await (const record of everyRecord<Naming>(app.records, collection))
      if (record.value.tenant === name) await drop(app, collection, record.id)
  for await (const { value } of everyRecord<Naming & { readonly id: string; readonly userId: string }>(
    app.records,
    'sessions',
  ))
    if (value.tenant === name) await endSession(app, value.userId, value.id)
  await app.usage.forget(id)
}
