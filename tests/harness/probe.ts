// The probes that every route must pass, made from the registry alone. A probe answers what is wrong, or nothing.
import type { Operation } from '@konfig/api'
import type { Ask, Reply } from './client.ts'
import { ask } from './client.ts'
import { exampleOf, pathOf, rightCaller, wrongCaller } from './example.ts'
import { foreignMarker, type World } from './world.ts'

const isProblem = (reply: Reply): boolean => {
  const problem = reply.json as
    | { readonly code?: unknown; readonly status?: unknown; readonly requestId?: unknown }
    | undefined
  return (
    (reply.headers.get('content-type') ?? '').startsWith('application/problem+json') &&
    typeof problem?.code === 'string' &&
    problem.status === reply.status &&
    typeof problem.requestId === 'string'
  )
}

/** Logs of configuration and governance, and those of other tenants; the caller's own access log may note what happened. */
const configHeads = (world: World): string => {
  const access = new Set([world.acme.access, world.globex.access, world.app.platformAccess])
  return JSON.stringify(Object.entries(world.heads()).filter(([log]) => !access.has(log)))
}

const shown = (reply: Reply): string => `${reply.status} ${reply.text.slice(0, 300)}`

/** Asks, and says what is wrong where the answer is not a refusal of these statuses, moved a log, or shows the other tenant. */
const refused = async (
  world: World,
  asked: Ask,
  statuses: readonly number[],
  what: string,
  code?: string,
): Promise<readonly string[]> => {
  const before = configHeads(world)
  const reply = await ask(world, asked)
  const wrong: string[] = []
  if (!statuses.includes(reply.status)) wrong.push(`${what}: expected ${statuses.join(' or ')}, got ${shown(reply)}`)
  else if (!isProblem(reply)) wrong.push(`${what}: not a problem: ${shown(reply)}`)
  else if (code !== undefined && (reply.json as { readonly code?: unknown }).code !== code)
    wrong.push(`${what}: expected ${code}, got ${shown(reply)}`)
  if (configHeads(world) !== before) wrong.push(`${what}: moved a log`)
  if (reply.text.includes(foreignMarker)) wrong.push(`${what}: shows the other tenant`)
  return wrong
}

/** Without a credential, and with one that is rubbish. */
export const withoutCredential = async (world: World, operation: Operation): Promise<readonly string[]> => {
  if (operation.guard === 'public') return []
  const asked = await exampleOf(world, operation)
  return [
    ...(await refused(world, asked, [401], 'without a credential')),
    ...(await refused(world, { ...asked, credential: 'kfg_rubbish' }, [401], 'with a rubbish key')),
    ...(await refused(world, { ...asked, credential: 'e30.e30.e30' }, [401], 'with a rubbish token')),
  ]
}

/** Signed in, but not allowed: before anything else is looked at, existing or not. */
export const withoutPermission = async (world: World, operation: Operation): Promise<readonly string[]> => {
  const credential = await wrongCaller(world, operation)
  if (credential === undefined) return []
  const asked = await exampleOf(world, operation)
  const wrong = [...(await refused(world, { ...asked, credential }, [403], 'without the permission', 'denied'))]
  const missing = { ...asked, path: pathOf(operation.route, unknownIds(asked.values)), credential }
  if (Object.keys(asked.values).length > 0)
    wrong.push(
      ...(await refused(world, missing, [403], 'without the permission, for something that is not there', 'denied')),
    )
  return wrong
}

const unknownId = '7f1d9a52-0c3e-4b7a-9a55-1f2e3d4c5b6a'
const unknownIds = (values: { readonly [name: string]: string }) =>
  Object.fromEntries(Object.keys(values).map((name) => [name, name === 'revision' ? '999999' : unknownId]))

/** What cannot be read: each a problem that names the fault, and nothing changes. */
export const hostileInput = async (world: World, operation: Operation): Promise<readonly string[]> => {
  const credential = await rightCaller(world, operation)
  const asked = { ...(await exampleOf(world, operation)), credential }
  const client = [400, 404, 413, 415, 422]
  const wrong: string[] = [
    ...(await refused(
      world,
      { ...asked, query: { ...asked.query, nonsense: '1' } },
      [400],
      'with an unknown query parameter',
    )),
  ]
  if (Object.keys(asked.values).length > 0) {
    wrong.push(
      ...(await refused(
        world,
        { ...asked, path: pathOf(operation.route, unknownIds(asked.values)) },
        [400, 404, 422],
        'with unknown ids',
      )),
    )
    const odd = Object.fromEntries(Object.keys(asked.values).map((name) => [name, '\u202e__proto__ %']))
    wrong.push(
      ...(await refused(world, { ...asked, path: pathOf(operation.route, odd) }, [400, 404, 422], 'with odd ids')),
    )
  }
  if (operation.body === undefined) return wrong
  const json = asked.mediaType === undefined || asked.mediaType === 'application/json'
  if (!json) return wrong
  for (const [name, body] of Object.entries({
    'a list': [],
    'a null': null,
    'a number': 5,
    'an unknown field': { ...(asked.body as object), nonsense: 1 },
  }))
    wrong.push(...(await refused(world, { ...asked, body }, client, `with ${name} as body`)))
  const headers = { 'content-type': 'application/json' }
  for (const [name, body] of Object.entries({
    'broken JSON': '{"a":',
    __proto__: '{"__proto__":{"polluted":true}}',
    'deep JSON': `${'['.repeat(300)}${']'.repeat(300)}`,
  }))
    wrong.push(...(await refused(world, { ...asked, body, mediaType: 'text/plain', headers }, client, `with ${name}`)))
  wrong.push(
    ...(await refused(
      world,
      { ...asked, body: 'x', mediaType: 'application/x-unheard-of' },
      [415],
      'with an unknown media type',
    )),
  )
  return wrong
}

/** The other tenant's credential on this tenant's ids, and this tenant's on the other's: neither sees nor changes anything. */
export const acrossTenants = async (world: World, operation: Operation): Promise<readonly string[]> => {
  if (operation.guard === 'public') return []
  const wrong: string[] = []
  const asked = await exampleOf(world, operation)
  const other = (await world.app.logs.hold(world.globex.config)).state()
  const own = (await world.app.logs.hold(world.acme.config)).state()
  const headOf = (log: string): number => world.heads()[log] ?? 0

  // Acme's owner names globex's resources by id.
  const ids: Record<string, string> = {
    ns: other.get('namespace', 'billing')?.id ?? '',
    id: other.get('config/billing', 'marker')?.id ?? '',
    key: 'marker',
    name: other.get('namespace', 'billing')?.id ?? '',
    tenant: 'globex',
  }
  if (operation.side === 'tenant' && Object.keys(asked.values).some((name) => name in ids && name !== 'key')) {
    const values = {
      ...asked.values,
      ...Object.fromEntries(Object.entries(ids).filter(([name]) => name in asked.values)),
    }
    const before = headOf(world.globex.config)
    const reply = await ask(world, {
      ...asked,
      path: pathOf(operation.route, values),
      credential: await rightCaller(world, operation),
    })
    if (reply.status < 400 || reply.status >= 500) wrong.push(`another tenant's ids: got ${shown(reply)}`)
    if (reply.text.includes(foreignMarker)) wrong.push("another tenant's ids: its values show")
    if (headOf(world.globex.config) !== before) wrong.push("another tenant's ids: its log moved")
  }

  // Globex's key asks what acme's owner may ask: whatever it is told, it is not of acme, and acme stands still.
  const before = headOf(world.acme.config)
  const reply = await ask(world, { ...asked, credential: world.keys.foreign })
  if (headOf(world.acme.config) !== before) wrong.push("another tenant's key: acme's log moved")
  // What the caller named itself may be said back.
  for (const id of [
    own.get('config/billing', 'greeting')?.id,
    own.get('application', 'shop')?.id,
    own.get('apiKey', 'reader-key')?.id,
  ])
    if (id !== undefined && !asked.path.includes(id) && reply.text.includes(id))
      wrong.push("another tenant's key: acme's ids show")
  if (reply.status >= 500) wrong.push(`another tenant's key: got ${shown(reply)}`)
  return wrong
}
