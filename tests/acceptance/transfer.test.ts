// Files in and out: nine real files become a tenant's configuration, the same again changes nothing, and what goes out comes in as it was.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backends } from '../harness/place.ts'
import { administrator, field, putting, type Session, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'
import { openWorld, type World } from '../harness/world.ts'

const folder = join(import.meta.dirname, '../../examples/petclinic')
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'))
const yaml = { mediaType: 'application/yaml' }

/** A new tenant, and somebody who may do everything there. */
const newTenant = async (world: World, name: string): Promise<{ readonly log: string; readonly owner: Session }> => {
  const platform = await administrator(world)
  expect((await platform('POST /platform/tenants', { body: { name, plan: 'enterprise' } })).status).toBe(201)
  const acting = field<string>(await platform('POST /auth/token', { body: { tenant: name } }), 'accessToken')
  return { owner: session(world, acting), log: (await world.app.directory.find(name))?.config ?? '' }
}

const importAll = async (owner: Session): Promise<readonly Record<string, unknown>[]> => {
  const answers: Record<string, unknown>[] = []
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8')
    const reply = await owner(`POST /import?namespace=${basename(file, '.yml')}&format=yaml&onConflict=skip`, {
      body: text,
      ...yaml,
    })
    expect(`${file} ${reply.status} ${reply.status < 300 ? '' : reply.text}`).toBe(`${file} 200 `)
    answers.push(reply.json as Record<string, unknown>)
  }
  return answers
}

describe.each(backends)('the nine files of the Petclinic, on %s', (backend) => {
  it('are imported, read back for each environment, imported again without a commit, and moved to another tenant', async () => {
    const world = await openWorld({ backend })
    try {
      const { owner, log } = await newTenant(world, 'petclinic')
      const head = (): number => world.heads()[log] as number
      expect(files).toHaveLength(9)
      const answers = await importAll(owner)
      for (const answer of answers) expect(answer['commits']).toBe(1)
      const environments = field<readonly { name: string }[]>(await owner('GET /environments'), 'items').map(
        ({ name }) => name,
      )
      expect(environments.toSorted()).toEqual([
        'chaos-monkey',
        'default',
        'dev',
        'docker',
        'mysql',
        'production',
        'staging',
      ])

      const values = async (namespace: string, environment: string): Promise<Record<string, unknown>> =>
        field<Record<string, Record<string, unknown>>>(
          await owner(`GET /values/${namespace}?environment=${environment}`),
          'values',
        )[namespace] ?? {}
      // A profile lies over the file's own values, and only there.
      expect(await values('customers-service', 'dev')).toEqual({})
      expect(await values('customers-service', 'default')).toEqual({
        'eureka.instance.instance-id': `\${spring.application.name}:\${random.uuid}`,
      })
      expect(await values('customers-service', 'docker')).toEqual({
        'server.port': 8081,
        'eureka.client.serviceUrl.defaultZone': 'http://discovery-server:8761/eureka/',
      })
      expect(await values('vets-service', 'production')).toEqual({ 'vets.cache.ttl': 60, 'vets.cache.heap-size': 100 })
      expect(await values('vets-service', 'docker')).toMatchObject({ 'vets.cache.ttl': 60, 'server.port': 8083 })
      expect(await values('discovery-server', 'dev')).toMatchObject({
        'server.port': 8761,
        'eureka.client.registerWithEureka': false,
        'eureka.client.serviceUrl.defaultZone': `http://\${eureka.instance.hostname}:\${server.port}/eureka/`,
      })
      expect(await values('application', 'dev')).toMatchObject({
        'server.port': 0,
        'spring.sleuth.sampler.probability': 1,
        'management.security.enabled': false,
        'management.endpoints.web.exposure.include': '*',
        'spring.cloud.refresh.refreshable': false,
        'spring.sql.init.schema-locations': 'classpath*:db/hsqldb/schema.sql',
      })
      expect(await values('application', 'mysql')).toMatchObject({
        'spring.sql.init.schema-locations': 'classpath*:db/mysql/schema.sql',
        'spring.datasource.username': 'root',
        'spring.sql.init.mode': 'ALWAYS',
      })
      expect(await values('application', 'chaos-monkey')).toMatchObject({ 'chaos.monkey.enabled': true })
      expect(Object.keys(await values('application', 'dev')).filter((key) => key.includes('activate'))).toEqual([])
      // A key that only profiles set has no base value.
      expect(await owner('GET /values/vets-service/server.port?environment=dev')).toMatchObject({
        status: 404,
        json: { code: 'no_value' },
      })
      const inferred = answers.flatMap((answer) => answer['inferred'] as { key: string; type: string }[])
      expect(inferred).toContainEqual(expect.objectContaining({ key: 'vets.cache.ttl', type: 'number' }))
      expect(inferred).toContainEqual(expect.objectContaining({ key: 'server.compression.enabled', type: 'boolean' }))

      const before = head()
      for (const again of await importAll(owner)) expect(again).toMatchObject({ created: 0, changed: 0, commits: 0 })
      expect(head()).toBe(before)

      for (const format of ['yaml', 'json'] as const) {
        const exported = await owner(`GET /export?format=${format}`)
        expect(exported.status).toBe(200)
        const empty = await newTenant(world, `moved-${format}`)
        const moved = await empty.owner('POST /import?format=manifest', {
          body: exported.text,
          mediaType: format === 'yaml' ? 'application/yaml' : 'text/plain',
        })
        expect(`${moved.status} ${moved.status < 300 ? '' : moved.text}`).toBe('200 ')
        expect((await empty.owner(`GET /export?format=${format}`)).text).toBe(exported.text)
        const same = await owner('POST /import?format=manifest', { body: exported.text, mediaType: 'text/plain' })
        expect(same).toMatchObject({ status: 200, json: { created: 0, changed: 0, commits: 0 } })
      }
      expect(head()).toBe(before)
    } finally {
      await world.close()
    }
  })
})

onEachBackend((world) => {
  const editor = () => session(world(), world().keys.editor)
  const head = (): number => world().heads()[world().acme.config] as number
  const send = (query: string, body: string, mediaType = 'text/yaml') =>
    editor()(`POST /import?${query}`, { body, mediaType })

  it('exports what it holds so that an empty tenant of the same platform exports equally: every kind, layer and form of value', async () => {
    const { owner, log } = await newTenant(world(), 'first')
    const changes = [
      putting('environment', { name: 'edge' }, { parent: 'staging', protected: false, order: 7 }),
      putting(
        'namespace',
        { name: 'odd', labels: { team: 'a b', 'x.y/z': '"quoted"' } },
        { displayName: 'Odd: "things" # here', description: ' two\nlines ' },
      ),
      setting('text', '# not a comment\n--- \ttab\u2028 ünï "quotes" \\ \u0007', 'string', 'odd'),
      setting('yes', 'yes', 'string', 'odd'),
      setting('number-like', '007', 'string', 'odd'),
      setting('null-like', 'null', 'string', 'odd'),
      setting('small', 5e-324, 'number', 'odd'),
      setting('negative-zero-like', -0.5, 'number', 'odd'),
      setting('nothing', null, 'json', 'odd'),
      setting('tree', { z: [1, [], {}, null, { a: 'b' }], a: { '': 0, 'a.b': 1, '1': 2, '0': 3 } }, 'json', 'odd'),
      putting(
        'config',
        { name: 'chosen', namespace: 'odd' },
        { type: 'select', value: 2, validation: { options: [1, 2, 'three'] } },
      ),
      putting(
        'config',
        { name: 'no-value', namespace: 'odd' },
        { type: 'string', description: 'Set where it is needed.' },
      ),
      putting('config', { name: '键.ключ', namespace: 'odd' }, { type: 'boolean', value: true }),
      putting(
        'config',
        { name: 'refers', namespace: 'odd' },
        { type: 'string', value: `\${CONFIG:odd/text} $\${literal} \${plain}` },
      ),
      putting(
        'override',
        { name: 'no-value', namespace: 'odd', layer: 'tenant', environment: 'edge' },
        { value: 'here' },
      ),
      putting('override', { name: 'timeout', namespace: 'platform-defaults', layer: 'tenant' }, { value: 12 }),
      putting(
        'application',
        { name: 'client' },
        { namespaces: ['odd', 'platform-defaults'], owner: 'us', contactEmail: 'us@example.com' },
      ),
    ]
    const applied = await owner('POST /changes', { body: { changes } })
    expect(`${applied.status} ${applied.status < 300 ? '' : applied.text}`).toBe('201 ')
    const exported = await owner('GET /export')
    const second = await newTenant(world(), 'second')
    const imported = await second.owner('POST /import?format=manifest', { body: exported.text, ...yaml })
    expect(`${imported.status} ${imported.status < 300 ? '' : imported.text}`).toBe('200 ')
    expect((await second.owner('GET /export')).text).toBe(exported.text)
    for (const environment of ['edge', 'production'])
      expect((await second.owner(`GET /values?environment=${environment}`)).json).toEqual(
        (await owner(`GET /values?environment=${environment}`)).json,
      )
    expect(world().heads()[second.log]).toBeLessThanOrEqual(world().heads()[log] as number)
  })

  it('exports by kind and namespace, and only what the caller may read', async () => {
    const some = await editor()('GET /export?kinds=config&namespace=billing&format=json')
    const manifests = some.json as readonly { kind: string; metadata: { namespace: string } }[]
    expect(new Set(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`))).toEqual(
      new Set(['config billing']),
    )
    expect((await editor()('GET /export?kinds=member')).status).toBe(400)
    expect((await session(world(), world().keys.reader)('GET /export')).status).toBe(403)
    for (const secret of ['apiKey', 'hash', 'member', world().keys.editor])
      expect((await editor()('GET /export')).text).not.toContain(secret)
  })

  it('refuses differences, keeps them, or replaces them, as it is asked', async () => {
    expect((await send('namespace=conflicts', 'a: 1\nb: x\n')).status).toBe(200)
    const before = head()
    const refused = await send('namespace=conflicts', 'a: 2\nb: x\nc: true\n')
    expect(refused).toMatchObject({ status: 409, json: { code: 'import_conflicts' } })
    expect(head()).toBe(before)
    const skipped = await send('namespace=conflicts&onConflict=skip', 'a: 2\nb: x\nc: true\n')
    expect(skipped).toMatchObject({
      json: { created: 1, changed: 0, unchanged: expect.any(Number), conflicts: [{ name: 'a', reason: 'differs' }] },
    })
    const replaced = await send('namespace=conflicts&onConflict=replace', 'a: 2\nb: x\nc: true\n')
    expect(replaced).toMatchObject({ json: { created: 0, changed: 1, conflicts: [] } })
    const values = field<Record<string, unknown>>(await editor()('GET /values/conflicts?environment=dev'), 'values')
    expect(values['conflicts']).toEqual({ a: 2, b: 'x', c: true })
  })

  it('takes nested and dotted keys, JSON, properties and a byte-order mark alike', async () => {
    const wanted = { 'server.port': 8080, 'server.name': 'main', flag: true }
    const forms: readonly (readonly [string, string, string])[] = [
      ['nested', 'yaml', 'server:\n  port: 8080\n  name: main\nflag: true\n'],
      ['dotted', 'yaml', 'server.port: 8080\nserver.name: main\nflag: true\n'],
      ['mixed', 'yaml', '\ufeffserver.port: 8080\nserver:\n  name: main\nflag: true\n'],
      ['object', 'json', '{"server":{"port":8080,"name":"main"},"flag":true}'],
      ['lines', 'properties', '# comment\nserver.port=8080\nserver.name : main\nflag true\n'],
    ]
    for (const [name, format, text] of forms) {
      const reply = await send(`namespace=${name}&format=${format}`, text, 'text/plain')
      expect(`${name} ${reply.status} ${reply.status < 300 ? '' : reply.text}`).toBe(`${name} 200 `)
      expect((await editor()(`GET /values/${name}?environment=dev`)).json).toMatchObject({ values: { [name]: wanted } })
    }
  })

  it('names what contradicts itself in a file, and takes what only repeats itself', async () => {
    expect((await send('namespace=repeats', 'a.b: 1\na:\n  b: 1\n')).status).toBe(200)
    const before = head()
    for (const [text, word] of [
      ['a.b: 1\na:\n  b: 2\n', 'a.b'],
      ['a: 1\n---\nspring.config.activate.on-profile: dev\na: text\n', 'a'],
    ] as const) {
      const refused = await send('namespace=contradicts', text)
      expect(refused).toMatchObject({ status: 409, json: { code: 'import_contradicts' } })
      expect(JSON.stringify((refused.json as { errors: unknown }).errors)).toContain(word)
    }
    for (const text of [
      'a: 1\n---\nspring.config.activate.on-profile: "!dev & prod"\na: 2\n',
      'a: [1\n',
      'a: 1\na: 2\nb',
    ])
      expect((await send('namespace=contradicts', text)).status).toBeGreaterThanOrEqual(400)
    expect(head()).toBe(before)
  })

  it('tries an import without storing it, and answers as the real one', async () => {
    const before = head()
    const tried = await send('namespace=tried-file&dryRun=true', 'a: 1\nb: 2\n')
    expect(tried).toMatchObject({ status: 200, json: { created: 3, changed: 0, commits: 0 } })
    expect(head()).toBe(before)
    const real = await send('namespace=tried-file', 'a: 1\nb: 2\n')
    expect(real).toMatchObject({
      status: 200,
      json: { created: 3, changed: 0, commits: 1, inferred: field(tried, 'inferred') },
    })
  })
})
