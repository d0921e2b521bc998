// Whole documents: of a namespace, of all, of an application; in every format; references bound in the reader's environment.
import { expect, it } from 'vitest'
import { parse } from 'smol-toml'
import { field, person, putting, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

onEachBackend((world) => {
  const editor = () => session(world(), world().keys.editor)

  it('serves an application: its namespaces in order, later ones win, but for what the platform bounds or locks', async () => {
    const made = await editor()('POST /changes', {
      body: {
        changes: [
          putting('namespace', { name: 'front' }, {}),
          setting('shared', 'front', 'string', 'front'),
          setting('timeout', 99, 'number', 'front'),
          setting('locked-key', 'mine', 'string', 'front'),
          setting('shared', 'billing', 'string'),
          putting(
            'application',
            { name: 'site' },
            {
              description: 'The site',
              owner: 'web',
              contactEmail: 'web@acme.example',
              namespaces: ['platform-defaults', 'billing', 'front'],
            },
          ),
        ],
      },
    })
    expect(made.status).toBe(201)
    const read = await editor()('GET /values?environment=production&application=site')
    expect(read.json).toMatchObject({
      environment: 'production',
      application: 'site',
      values: { shared: 'front', retries: 5, timeout: 30, 'locked-key': 'fixed' },
    })
    expect((await editor()('GET /values?environment=dev&application=nowhere')).status).toBe(404)
    expect((await editor()('GET /values?environment=dev&application=site&namespace=billing')).status).toBe(400)
    expect((await editor()('GET /values?environment=dev&namespace=billing')).json).toEqual(
      (await editor()('GET /values/billing?environment=dev')).json,
    )
    // A namespace that an application reads does not go away under it.
    expect((await editor()('DELETE /namespaces/front?cascade=true')).status).toBe(409)
  })

  it('binds references late, keeps their type, and tells every other dollar as text', async () => {
    await editor()('POST /changes', {
      body: {
        changes: [
          setting('port', 80),
          setting('host', 'example.org', 'string'),
          setting('url', `http://\${CONFIG:billing/host}:\${CONFIG:billing/port}/$\${x}/\${random.uuid}`, 'string'),
          putting(
            'config',
            { name: 'same-port', namespace: 'billing' },
            { type: 'number', value: `\${CONFIG:billing/port}` },
          ),
          putting(
            'override',
            { name: 'port', namespace: 'billing', layer: 'tenant', environment: 'production' },
            { value: 443 },
          ),
        ],
      },
    })
    const value = async (key: string, environment: string) =>
      field(await editor()(`GET /values/billing/${key}?environment=${environment}`), 'value')
    expect(await value('url', 'dev')).toBe(`http://example.org:80/\${x}/\${random.uuid}`)
    expect(await value('url', 'production')).toBe(`http://example.org:443/\${x}/\${random.uuid}`)
    expect([await value('same-port', 'dev'), await value('same-port', 'production')]).toEqual([80, 443])
    const before = world().heads()[world().acme.config]
    for (const reply of [
      await editor()('PUT /namespaces/billing/configs/host', { body: { value: `\${CONFIG:billing/url}` } }),
      await editor()('PUT /namespaces/billing/configs/host', { body: { value: `\${CONFIG:billing/host}` } }),
      await editor()('PUT /namespaces/billing/configs/host', { body: { value: `\${CONFIG:billing/nowhere}` } }),
      await editor()('PUT /namespaces/billing/configs/same-port', { body: { value: `\${CONFIG:billing/host}` } }),
      await editor()('DELETE /namespaces/billing/configs/port'),
    ])
      expect([409, 422]).toContain(reply.status)
    expect(world().heads()[world().acme.config]).toBe(before)
  })

  it('writes env, properties, TOML and YAML, flat or nested, and the media type of each', async () => {
    await editor()('POST /changes', {
      body: {
        changes: [
          putting('namespace', { name: 'formats' }, {}),
          setting('db.host', "it's", 'string', 'formats'),
          setting('db.port', 5432, 'number', 'formats'),
          setting('debug', false, 'boolean', 'formats'),
          setting('list', [1, 'two'], 'json', 'formats'),
        ],
      },
    })
    const read = async (format: string, layout = 'flat') => {
      const reply = await editor()(`GET /values/formats?environment=dev&format=${format}&layout=${layout}`)
      expect(`${format} ${reply.status} ${reply.status < 300 ? '' : reply.text}`).toBe(`${format} 200 `)
      expect(reply.headers.get('etag')).toMatch(/^"/)
      return reply
    }
    expect(
      (await read('env')).text
        .split('\n')
        .filter((line) => line !== '')
        .toSorted(),
    ).toEqual(['DB_HOST="it\'s"', 'DB_PORT=5432', 'DEBUG=false', 'LIST=\'[1,"two"]\''])
    expect((await read('properties')).text).toBe('db.host=it\'s\ndb.port=5432\ndebug=false\nlist=[1,"two"]\n')
    expect(parse((await read('toml', 'nested')).text)).toEqual({
      db: { host: "it's", port: 5432 },
      debug: false,
      list: [1, 'two'],
    })
    expect((await read('yaml', 'nested')).text).toContain('db:\n  host: ')
    expect(
      new Set(
        await Promise.all(
          ['env', 'properties', 'toml', 'yaml', 'json'].map(async (format) =>
            (await read(format)).headers.get('content-type'),
          ),
        ),
      ).size,
    ).toBeGreaterThan(2)
    expect((await editor()('GET /values/formats?environment=dev&format=xml')).status).toBe(400)
  })

  it('refuses names that collide in a format, and names both', async () => {
    await editor()('POST /changes', {
      body: {
        changes: [
          putting('namespace', { name: 'collide' }, {}),
          setting('a.b', 1, 'number', 'collide'),
          setting('a-b', 2, 'number', 'collide'),
          setting('a', 3, 'number', 'collide'),
        ],
      },
    })
    for (const query of ['format=env', 'format=json&layout=nested', 'format=toml&layout=nested']) {
      const refused = await editor()(`GET /values/collide?environment=dev&${query}`)
      expect(refused).toMatchObject({ status: 422, json: { code: 'names_collide' } })
      expect(field(refused, 'detail')).toContain('a.b')
    }
    expect((await editor()('GET /values/collide?environment=dev&layout=flat')).status).toBe(200)
  })

  it('refuses a value that a format cannot hold so that all readers take it alike', async () => {
    const text = `both ' and " and $`
    await editor()('POST /changes', {
      body: {
        changes: [putting('namespace', { name: 'unwritable' }, {}), setting('text', text, 'string', 'unwritable')],
      },
    })
    expect(await editor()('GET /values/unwritable?environment=dev&format=env')).toMatchObject({
      status: 422,
      json: { code: 'value_unwritable', data: { key: 'text' } },
    })
    expect((await editor()('GET /values/unwritable?environment=dev')).json).toMatchObject({
      values: { unwritable: { text } },
    })
  })

  it('explains every leaf of a merge, and a replay of the explanation gives the value', async () => {
    const owner = await person(world(), 'owner')
    await owner('PUT /namespaces/billing/configs/limits?environment=production', { body: { value: { b: 2, a: null } } })
    const read = await owner('GET /values/billing/limits?environment=production&explain=true')
    expect(read.json).toMatchObject({
      value: { b: 2 },
      explanation: expect.arrayContaining([
        expect.objectContaining({ pointer: '/b', winner: expect.objectContaining({ environment: 'production' }) }),
      ]),
    })
  })

  it('asks for the environment where none is bound, and names the choices', async () => {
    const asked = await editor()('GET /values/billing')
    expect(asked).toMatchObject({
      status: 400,
      json: {
        code: 'environment_required',
        data: { choices: expect.arrayContaining(['dev', 'staging', 'production', 'qa']) },
      },
    })
    expect((await editor()('GET /values/billing?environment=nowhere')).status).toBe(404)
    expect(await editor()('GET /values/billing/nowhere?environment=dev')).toMatchObject({ status: 404 })
  })
})
