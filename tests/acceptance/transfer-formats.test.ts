// Formats beside YAML and JSON over HTTP: what goes in comes out as it was, dumps and directories become namespaces, and a preview
// says what changes would do without making them.
import { expect, it } from 'vitest'
import { field, putting, session, setting } from '../harness/session.ts'
import { onEachBackend } from '../harness/suite.ts'

onEachBackend((world) => {
  const editor = () => session(world(), world().keys.editor)
  const head = (): number => world().heads()[world().acme.config] as number
  const send = (query: string, body: string) => editor()(`POST /import?${query}`, { body, mediaType: 'text/plain' })

  it.each(['toml', 'properties', 'env', 'docker', 'configmap', 'consul', 'etcd'])(
    'gives out as %s what it holds, and takes it back without a commit',
    async (format) => {
      const namespace = `format-${format}`
      await send(`namespace=${namespace}&format=json`, '{"PORT": 80, "NAME": "a b", "ON": true}')
      const out = await editor()(`GET /export?namespace=${namespace}&format=${format}`)
      expect(`${out.status} ${out.status < 300 ? '' : out.text}`).toBe('200 ')
      const before = head()
      const place = format === 'consul' || format === 'etcd' ? '' : `namespace=${namespace}&`
      const back = await send(`${place}format=${format}`, out.text)
      expect(back).toMatchObject({ status: 200, json: { created: 0, changed: 0, commits: 0 } })
      expect(head()).toBe(before)
    },
  )

  it('takes a file with nothing in it for one that says nothing', async () => {
    const before = head()
    expect(await send('namespace=nothing&format=yaml', '')).toMatchObject({
      status: 200,
      json: { created: 0, changed: 0, commits: 0 },
    })
    expect(await send('namespace=nothing&format=json', '')).toMatchObject({ status: 422 })
    expect(head()).toBe(before)
  })

  it('refuses to give out what a format cannot hold, by name and never by value', async () => {
    await send('namespace=unwritable&format=json', '{"list": ["hunter2"]}')
    const refused = await editor()('GET /export?namespace=unwritable&format=env')
    expect(refused).toMatchObject({ status: 422, json: { code: 'value_unwritable' } })
    expect(refused.text).toContain('list')
    expect(refused.text).not.toContain('hunter2')
  })

  it('reads a directory whole: namespaces, environments and applications in one commit', async () => {
    const files = [
      { name: 'application.yml', text: 'shared: 1\n' },
      { name: 'pets.yml', text: 'own: a\n' },
      { name: 'pets-production.yml', text: 'own: b\n' },
    ]
    const before = head()
    const done = await send('format=directory', JSON.stringify(files))
    expect(done).toMatchObject({ status: 200, json: { commits: 1 } })
    expect(field<readonly string[]>(done, 'notes')).toContain(
      'pets-production.yml: namespace pets in environment production',
    )
    expect(head()).toBe(before + 1)
    const read = await editor()('GET /values?environment=production&application=pets')
    expect(read.json).toMatchObject({ values: { shared: 1, own: 'b' } })
  })

  it('says of changes what they would do to resources and values, and stores nothing', async () => {
    const before = head()
    const preview = await editor()('POST /preview', {
      body: {
        changes: [
          setting('retries', 9),
          { op: 'delete', resource: { kind: 'config', metadata: { name: 'greeting', namespace: 'billing' } } },
          putting(
            'override',
            { name: 'retries', namespace: 'billing', layer: 'tenant', environment: 'production' },
            { value: 5 },
          ),
        ],
      },
    })
    expect(preview.status).toBe(200)
    const { revision, changes, values } = preview.json as {
      readonly revision: number
      readonly changes: readonly { readonly op: string }[]
      readonly values: readonly { readonly environment: string; readonly key: string; readonly after: unknown }[]
    }
    expect([revision, head()]).toEqual([before, before])
    expect(changes.map(({ op }) => op)).toEqual(['update', 'delete', 'none'])
    expect(values.filter(({ key }) => key === 'retries').map(({ environment, after }) => [environment, after])).toEqual(
      [
        ['dev', 9],
        ['qa', 9],
        ['staging', 9],
      ],
    )
    expect(values.filter(({ key }) => key === 'greeting')).toHaveLength(4)
  })

  it('follows references when it says which values would change', async () => {
    await editor()('POST /changes', { body: { changes: [setting('refers', '${CONFIG:billing/retries}', 'number')] } })
    const preview = await editor()('POST /preview', { body: { changes: [setting('retries', 8)] } })
    const values = field<readonly { readonly key: string; readonly environment: string; readonly after: unknown }[]>(
      preview,
      'values',
    )
    expect(values).toContainEqual(expect.objectContaining({ key: 'refers', environment: 'dev', after: 8 }))
  })
})
