// The sample: a tenant with real configuration files, the platform's defaults over which it lies, and one change to go back from.
// Promise: may be run again wherever it was cut short; what is there already stays.
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type App, createTenant, recordMembership } from '@konfig/app'
import { type Call, logIn } from './call.ts'
import { ensureUser, type Login, type Logins } from './credentials.ts'

export const sampleTenant = 'petclinic'
export const defaults = { namespace: 'platform-defaults', timeout: 'request-timeout-seconds', largest: 120 } as const
export const changed = { namespace: 'vets-service', key: 'vets.cache.ttl', environment: 'production' } as const

const folder = fileURLToPath(new URL('../../../../examples/petclinic/', import.meta.url))

const put = (kind: string, metadata: object, spec: object): object => ({
  op: 'put',
  resource: { kind, metadata, spec },
})

const platformChanges = [
  put(
    'namespace',
    { name: defaults.namespace },
    { displayName: 'Platform defaults', description: 'What the platform sets for every tenant.' },
  ),
  put(
    'config',
    { namespace: defaults.namespace, name: defaults.timeout },
    {
      type: 'number',
      value: 30,
      validation: { integer: true, min: 1 },
      description: 'How long a request may take.',
      policy: { mode: 'bounded', schema: { maximum: defaults.largest } },
    },
  ),
  put(
    'config',
    { namespace: defaults.namespace, name: 'audit-retention-days' },
    {
      type: 'number',
      value: 365,
      validation: { integer: true, min: 1 },
      description: 'How long the access log is kept.',
      policy: { mode: 'locked' },
    },
  ),
  put(
    'config',
    { namespace: defaults.namespace, name: 'support-email' },
    { type: 'string', value: 'support@konfig.example' },
  ),
  put('override', { namespace: defaults.namespace, name: defaults.timeout, layer: 'plan:enterprise' }, { value: 60 }),
]

export const setPlatform = async (call: Call, administrator: Login): Promise<void> => {
  const token = await logIn(call, administrator)
  await call('POST', '/platform/changes', {
    token,
    body: { message: 'Defaults of the platform, and more for the enterprise plan', changes: platformChanges },
  })
}

const ensureTenant = async (app: App, owner: Login): Promise<void> => {
  const userId = await ensureUser(app, owner)
  if ((await app.directory.find(sampleTenant)) === undefined)
    await createTenant(app, {
      name: sampleTenant,
      displayName: 'Spring Petclinic',
      plan: 'enterprise',
      owner: { userId },
      actor: `user:${userId}`,
      request: 'first-run',
    })
  await recordMembership(app, userId, sampleTenant)
}

const importFiles = async (call: Call, token: string): Promise<void> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort()
  for (const file of files) {
    const namespace = basename(file, '.yml')
    const message = encodeURIComponent(`Import ${file}`)
    const body = await readFile(join(folder, file), 'utf8')
    await call('POST', `/import?format=yaml&namespace=${namespace}&onConflict=skip&message=${message}`, {
      token,
      body,
      mediaType: 'application/yaml',
    })
  }
}

/** A key is shown once: one of a start that was cut short is of no use any more. */
const freshKey = async (call: Call, token: string, name: string, role: string): Promise<string> => {
  const { body } = await call('GET', '/api-keys', { token })
  const keys = body['items'] as readonly { readonly id: string; readonly name: string }[]
  for (const old of keys.filter((each) => each.name === name)) await call('DELETE', `/api-keys/${old.id}`, { token })
  const made = await call('POST', '/api-keys', { token, body: { name, role, namespaces: [], environments: [] } })
  return String(made.body['key'])
}

export interface Sample {
  readonly apiKey: string
  readonly editorKey: string
  /** The tenant's revision at which the changed value can be read for good. */
  readonly revision: number
}

export const makeSample = async (app: App, call: Call, { owner, platformAdmin }: Logins): Promise<Sample> => {
  await setPlatform(call, platformAdmin)
  await ensureTenant(app, owner)
  const token = await logIn(call, owner, sampleTenant)
  await importFiles(call, token)
  await call('POST', '/changes', {
    token,
    body: {
      message: 'Slower answers are allowed in production',
      changes: [
        put(
          'override',
          { namespace: defaults.namespace, name: defaults.timeout, layer: 'tenant', environment: 'production' },
          { value: 90 },
        ),
      ],
    },
  })
  const change = await call('POST', '/changes', {
    token,
    idempotencyKey: 'first-run-cache-longer',
    body: {
      message: 'Cache vets longer',
      changes: [put('config', { namespace: changed.namespace, name: changed.key }, { type: 'number', value: 600 })],
    },
  })
  return {
    apiKey: await freshKey(call, token, 'first-run-reader', 'reader'),
    editorKey: await freshKey(call, token, 'first-run-editor', 'editor'),
    revision: Number(change.body['revision']),
  }
}
