// Formats beside YAML and JSON: what each of their readers takes, refuses by line, and gives back as it was written.
import type { Json } from '@konfig/core'
import { parse as parseDotenv } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileContent, type FileInput, readFile } from './read.ts'
import { type StoredGroup, storedFormats, writeStored } from './write-stored.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const content = (input: FileInput): FileContent => {
  const read = readFile(input)
  if (!read.ok) throw new Error(read.failure.detail)
  return read.value
}
const refusal = (
  text: string,
  format: FileInput['format'],
  more: Partial<FileInput> = { namespace: 'app' },
): string => {
  const read = readFile({ text, format, ...more })
  return read.ok ? 'accepted' : read.failure.detail
}
const plains = (input: FileInput) => {
  const read = content(input)
  if (read.kind !== 'plain') throw new Error('read as manifests')
  return read
}
/** Namespace, key and, where there is one, environment of everything that was read. */
const all = (input: FileInput): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    plains(input).plains.flatMap(({ namespace, configs, overrides }): readonly (readonly [string, Json])[] => [
      ...configs.flatMap(({ key, value }) => (value === undefined ? [] : [[`${namespace}/${key}`, value] as const])),
      ...overrides.map(({ key, environment, value }) => [`${namespace}@${environment}/${key}`, value] as const),
    ]),
  )
const values = (text: string, format: FileInput['format']) => all({ text, format, namespace: 'a' })

describe('TOML', () => {
  it('refuses a key of very many parts, and takes no longer for it', () => {
    expect(refusal(`${Array(60_000).fill('a').join('.')} = 1`, 'toml')).toContain(
      'line 1 is nested deeper than 64 levels',
    )
  })

  it('becomes flat keys with its own types, dates as the text that they are', () =>
    expect(
      values(
        'title = "x"\nn = 1.5\n[server]\nport = 8080\nhosts = ["a", "b"]\nsince = 2020-01-02\n[server.tls]\non = true\n',
        'toml',
      ),
    ).toEqual({
      'a/title': 'x',
      'a/n': 1.5,
      'a/server.port': 8080,
      'a/server.hosts': ['a', 'b'],
      'a/server.since': '2020-01-02',
      'a/server.tls.on': true,
    }))

  it('keeps dates and times as they are written, to the last digit', () =>
    expect(
      values(
        [
          'a = 1979-05-27T07:32:00.999999-08:00 # not 1979-05-27T07:32:00.999111-08:00',
          'b = 1979-05-27T07:32:00.999111-08:00',
          'c = 07:32:00',
          'd = [1979-05-27 07:32:00Z, 1979-05-27T07:32:00z,',
          '  07:32:00.5, 07:32:00.500000]',
          'e = "1979-05-27"',
          'f = { g = 1979-05-27 }',
        ].join('\n'),
        'toml',
      ),
    ).toEqual({
      'a/a': '1979-05-27T07:32:00.999999-08:00',
      'a/b': '1979-05-27T07:32:00.999111-08:00',
      'a/c': '07:32:00',
      'a/d': ['1979-05-27 07:32:00Z', '1979-05-27T07:32:00z', '07:32:00.5', '07:32:00.500000'],
      'a/e': '1979-05-27',
      'a/f.g': '1979-05-27',
    }))

  it('knows the lines of its keys', () => {
    const [read] = plains({ text: '# c\na = 1\n\n[x.y]\n"q r" = 2\n', format: 'toml', namespace: 'n' }).plains
    expect(read?.configs.map(({ key, line }) => [key, line])).toEqual([
      ['a', 2],
      ['x.y.q r', 5],
    ])
  })

  it.each([
    ['a = 1\na = 2\n', 'line 2'],
    ['a = \n', 'is not TOML'],
    ['a = 9007199254740993\n', 'line 1 has a number beyond'],
    ['b = 1\na = inf\n', 'line 2 has a number that is not finite'],
    ['[a]\n__proto__ = 1\n', 'line 2 has the key __proto__'],
    [`a = ${'['.repeat(300)}${']'.repeat(300)}`, 'is not TOML'],
  ])('is refused with the line: %s', (text, part) => expect(refusal(text, 'toml')).toContain(part))

  it('is refused without what stood in it', () =>
    expect(refusal('hunter2 = = hunter2\n', 'toml')).not.toContain('hunter2'))
})

describe('a dotenv file', () => {
  it('has quotes over lines, exports and comments; only what stands bare has a type', () =>
    expect(
      values(
        '# c\nexport A=1\nB="1"\nC=\'x # y\' # z\nD = on # off\nE="a\nb\\nc"\nF=\nG: `"q"`\nH=true\r\nI=$A\n',
        'env',
      ),
    ).toEqual({
      'a/A': 1,
      'a/B': '1',
      'a/C': 'x # y',
      'a/D': 'on',
      'a/E': 'a\nb\nc',
      'a/F': '',
      'a/G': '"q"',
      'a/H': true,
      'a/I': '$A',
    }))

  it('is read as the library reads it, wherever it is read at all', () => {
    const piece = fc.constantFrom(
      'A',
      'B=',
      '=',
      '"',
      "'",
      '`',
      '\\',
      '\\n',
      '\n',
      ' ',
      '#',
      'x',
      '1',
      'export ',
      ':',
      '.',
      '-',
      '$',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('')
        const read = readFile({ text, format: 'env', namespace: 'a' })
        if (!read.ok || read.value.kind !== 'plain' || (read.value.plains[0]?.conflicts.length ?? 1) > 0) return
        const ours = Object.fromEntries(
          read.value.plains[0]?.configs.map(({ key, value }) => [
            key,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]) ?? [],
        )
        expect(ours).toEqual({ ...parseDotenv(text) })
      }),
      { numRuns: 5000 },
    )
  })

  it.each([
    ['A=1\nnonsense\n', 'line 2 is neither'],
    ['A=1\nB="x\n', 'line 2 opens a quote that does not end'],
    ['A="x" y\n', 'line 1 opens a quote'],
  ])('is refused with the line: %s', (text, part) => expect(refusal(text, 'env')).toContain(part))

  it('names a variable that is set twice with both lines', () =>
    expect(plains({ text: 'A=1\nA=2\n', format: 'env', namespace: 'a' }).plains[0]?.conflicts).toEqual([
      { key: 'A', reason: 'repeated', lines: [1, 2] },
    ]))
})

describe('an env file of docker', () => {
  it('takes everything behind = as it stands', () =>
    expect(values('# c\n\n  A="q"\nB= x \nC=1 # two\nD=\nE=a=b\n', 'docker')).toEqual({
      'a/A': '"q"',
      'a/B': ' x ',
      'a/C': '1 # two',
      'a/D': '',
      'a/E': 'a=b',
    }))

  it.each([
    ['A=1\nHOME\n', 'line 2 has a name without ='],
    ['=x\n', 'line 1 has no name'],
    ['A B=x\n', 'line 1 has white space in its name'],
  ])('is refused with the line: %s', (text, part) => expect(refusal(text, 'docker')).toContain(part))
})

describe('a ConfigMap', () => {
  const map = (data: string, more = '') =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: vets\n  labels: {a: b}\ndata:\n${data}${more}`

  it('is known by what it says of itself, and names its namespace', () =>
    expect(all({ text: map('  port: "80"\n  text: "a\\nb"\n') })).toEqual({ 'vets/port': 80, 'vets/text': 'a\nb' }))

  it('may be several, or a list', () => {
    expect(all({ text: `${map('  a: "1"\n')}---\n${map('  b: "2"\n').replace('vets', 'shop')}` })).toEqual({
      'vets/a': 1,
      'shop/b': 2,
    })
    expect(
      all({
        text: JSON.stringify({
          apiVersion: 'v1',
          kind: 'List',
          items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: 'true' } }],
        }),
      }),
    ).toEqual({ 'x/a': true })
  })

  it('is refused for binary data, and for values that are not text', () => {
    expect(refusal(map('  a: x\n', 'binaryData: {k: AAA=}\n'), undefined, {})).toContain('line 8 has binaryData')
    expect(refusal(map('  a: 1\n'), undefined, {})).toContain('line 7 has an entry of data that is not text')
    expect(refusal('kind: Secret\napiVersion: v1\nmetadata: {name: x}\n', 'configmap', {})).toContain('is no ConfigMap')
  })

  it('offers entries that are whole files to be read as files, or kept', () => {
    const text = map(
      '  a: "1"\n  application.yml: |\n    server:\n      port: 80\n    ---\n    spring.profiles: dev\n    x: 1\n',
    )
    expect(refusal(text, undefined, {})).toContain('line 8 has an entry that is a whole file')
    expect(all({ text, entries: 'files' })).toEqual({ 'vets/a': 1, 'vets/server.port': 80, 'vets@dev/x': 1 })
    expect(Object.keys(all({ text, entries: 'text' }))).toEqual(['vets/a', 'vets/application.yml'])
  })
})

describe('dumps of key-value stores', () => {
  const consul = (...entries: readonly (readonly [string, string])[]) =>
    JSON.stringify(entries.map(([key, value]) => ({ LockIndex: 0, key, flags: 0, value: base64(value) })))
  const etcd = (...entries: readonly (readonly [string, string])[]) =>
    JSON.stringify({
      header: { revision: 5 },
      kvs: entries.map(([key, value]) => ({
        key: base64(key),
        version: 1,
        ...(value === '' ? {} : { value: base64(value) }),
      })),
      count: entries.length,
    })

  it.each([
    ['consul', consul],
    ['etcd', etcd],
  ] as const)('of %s become namespaces by the first part of their paths', (format, dump) => {
    const text = dump(
      ['config/billing/server/port', '80'],
      ['config/billing,production/server.port', '81'],
      ['config/web/on', 'true'],
      ['config/web/none', ''],
    )
    expect(all({ text, format, prefix: '/config/' })).toEqual({
      'billing/server.port': 80,
      'billing@production/server.port': 81,
      'web/on': true,
      'web/none': '',
    })
    expect(Object.keys(all({ text, format, namespace: 'one' }))).toContain('one/config.web.on')
    expect(refusal(text, format, { prefix: 'conf' })).toContain('outside the prefix')
    expect(refusal(dump(['alone', '1']), format, {})).toContain('no part that names a namespace')
    expect(refusal(dump(['Not A Name/x', '1']), format, {})).toContain('cannot be a namespace')
    expect(refusal(dump(['a//x', '1']), format, {})).toContain('empty part')
    expect(refusal(dump(['a/../x', '1']), format, {})).toContain('..')
    expect(refusal(dump(['a/__proto__', '1']), format, {})).toContain('__proto__')
  })

  it('may number their clusters, leases and flags beyond what a number holds, as real ones do', () => {
    const header = '"header":{"cluster_id":14841639068965178418,"member_id":10276657743932975437,"revision":12}'
    const kvs = '[{"key":"YS9i","create_revision":9223372036854775807,"lease":7587862094675219982,"value":"MQ=="}]'
    expect(all({ text: `{${header},"kvs":${kvs},"count":1}`, format: 'etcd' })).toEqual({ 'a/b': 1 })
    expect(all({ text: '[{"key":"a/b","flags":3304740253564472344,"value":"MQ=="}]', format: 'consul' })).toEqual({
      'a/b': 1,
    })
  })

  it('of Consul pass over folders, and refuse bytes that are no text', () => {
    expect(all({ text: '[{"key":"a/","flags":0,"value":""},{"key":"a/b","value":"MQ=="}]', format: 'consul' })).toEqual(
      { 'a/b': 1 },
    )
    expect(refusal('[\n{"key":"a/b","value":"/w=="}]', 'consul', {})).toContain('line 2 holds bytes that are not UTF-8')
    expect(refusal('[\n{"key":"a/b","value":"?"}]', 'consul', {})).toContain('base64')
    expect(refusal('{"a":1}', 'consul', {})).toContain('consul kv export')
    expect(refusal('[1]', 'etcd', {})).toContain('etcdctl get')
  })
})

describe('a directory of Spring Cloud Config', () => {
  const files = (entries: Readonly<Record<string, string>>): string =>
    JSON.stringify(Object.entries(entries).map(([name, text]) => ({ name, text })))
  const usual = files({
    'application.yml': 'shared: 1\ntimeout: 30\n',
    'application-production.yml': 'timeout: 60\nlevel: warn\n',
    'vets.yml': 'timeout: 10\nown: x\n---\nspring.config.activate.on-profile: dev\nown: y\n',
    'vets-production.properties': 'own=z\n',
    'customers-service.yml': 'a: 1\n',
  })

  it('has files for applications, and for their profiles where the application has a file of its own', () => {
    const read = plains({ text: usual, format: 'directory' })
    expect(all({ text: usual, format: 'directory' })).toEqual({
      'application/shared': 1,
      'application/timeout': 30,
      'application@production/timeout': 60,
      'application@production/level': 'warn',
      'vets/timeout': 10,
      'vets/own': 'x',
      'vets@dev/own': 'y',
      'vets@production/own': 'z',
      // Spring lets application-production win over vets.
      'vets@production/timeout': 60,
      'customers-service/a': 1,
    })
    expect(read.applications).toEqual([
      { name: 'vets', namespaces: ['application', 'vets'] },
      { name: 'customers-service', namespaces: ['application', 'customers-service'] },
    ])
    expect(read.notes).toContain('vets-production.properties: namespace vets in environment production')
    expect(read.notes).toContain(
      'vets/timeout in production takes the value of application-production, which Spring lets win over vets',
    )
  })

  it('may have its profiles as namespaces, in the order in which Spring reads them', () => {
    const read = plains({ text: usual, format: 'directory', profileAs: 'namespace' })
    expect(read.plains.map(({ namespace, configs }) => [namespace, configs.map(({ key }) => key)])).toEqual([
      ['application', ['shared', 'timeout']],
      ['application-production', ['timeout', 'level']],
      ['vets', ['timeout', 'own']],
      ['vets-dev', ['own']],
      ['vets-production', ['own']],
      ['customers-service', ['a']],
    ])
    expect(read.applications).toContainEqual({
      name: 'vets-production',
      namespaces: ['application', 'vets', 'application-production', 'vets-production'],
    })
  })

  it('takes profiles that it is told, where no file shows them', () => {
    const text = files({ 'vets-production.yml': 'a: 1\n' })
    expect(Object.keys(all({ text, format: 'directory' }))).toEqual(['vets-production/a'])
    expect(Object.keys(all({ text, format: 'directory', profiles: ['production'] }))).toEqual(['vets@production/a'])
  })

  it('names file and line of what is wrong, and of what contradicts itself', () => {
    expect(refusal(files({ 'a.yml': 'x: 1\n', 'b.yml': 'x: [1\n' }), 'directory', {})).toContain(
      'b.yml: line 2 is not YAML',
    )
    expect(refusal(files({ '../a.yml': 'x: 1\n' }), 'directory', {})).toContain('is a path')
    expect(refusal(files({ 'a.exe': 'x: 1\n' }), 'directory', {})).toContain('nothing that is read here')
    expect(refusal('[]', 'directory', {})).toContain('no file')
    expect(
      refusal(files({ 'a-dev.yml': 'spring.profiles: qa\nx: 1\n', 'a.yml': 'x: 1\n' }), 'directory', {}),
    ).toContain('another profile')
    const [plain] = plains({
      text: files({ 'a.yml': 'x: 1\n', 'a.properties': '\nx=2\n' }),
      format: 'directory',
    }).plains
    expect(plain?.conflicts).toEqual([
      { key: 'x', reason: 'repeated', lines: [1, 2], places: ['a.yml:1', 'a.properties:2'] },
    ])
  })
})

describe('stored values', () => {
  const key = fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      'server.port',
      'server',
      'A_B',
      'A',
      'constructor',
      'spring.profiles',
      'x.yml',
      'é',
      '1',
      'q r',
      '#x',
      'a..b',
      'a:b',
      'a=b',
    ),
    fc
      .string({
        unit: fc.constantFrom('a', 'b', '.', '-', '_', '=', ' ', '#', 'é', '!', ','),
        minLength: 1,
        maxLength: 6,
      })
      .filter((text) => text !== '.' && text !== '..'),
  )
  const text = fc.oneof(
    fc.constantFrom(
      '',
      'true',
      '1',
      '-1.5',
      '1e3',
      '007',
      'null',
      ' x',
      'x ',
      '#',
      '"',
      "'",
      '\\',
      '\\n',
      '\n',
      'a\nb',
      '\r',
      '$A',
      '~',
      'no',
      '[1]',
      '{}',
      '2020-01-01',
      '\ufeff',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  const leaf = fc.oneof(
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((n) => (n === 0 ? 0 : n)),
    fc.constant(null),
  )
  const value: fc.Arbitrary<Json> = fc.oneof(
    { weight: 5, arbitrary: leaf },
    fc.array(leaf, { maxLength: 3 }),
    fc.constant({}),
    fc.constant({ a: 1 }),
  )
  const rows = fc
    .dictionary(
      key.filter((name) => name !== '__proto__'),
      value,
      { maxKeys: 4, noNullPrototype: true },
    )
    .map((found) => Object.entries(found))

  it.each(storedFormats)('come back from %s exactly as they were, or are refused by name', (format) => {
    let written = 0
    const groups = fc.tuple(rows, rows, rows).map(([base, other, web]): readonly StoredGroup[] =>
      format === 'consul' || format === 'etcd'
        ? [
            { namespace: 'app', values: base },
            { namespace: 'app', environment: 'dev', values: other },
            { namespace: 'web', values: web },
          ]
        : format === 'spring'
          ? [
              { namespace: 'app', values: base },
              { namespace: 'app', environment: 'dev', values: other },
            ]
          : [{ namespace: 'app', values: base }],
    )
    fc.assert(
      fc.property(groups, fc.constantFrom('flat' as const, 'nested' as const), (given, layout) => {
        const file = writeStored(given, format, layout)
        if (!file.ok) return ['value_unwritable', 'names_collide'].includes(file.failure.code)
        written += 1
        const places = given.flatMap(({ namespace, environment, values: list }) =>
          list.map(
            ([name, json]) =>
              [`${namespace}${environment === undefined ? '' : `@${environment}`}/${name}`, json] as const,
          ),
        )
        const input: FileInput = {
          text: file.value,
          format: format === 'spring' ? 'yaml' : format,
          ...(format === 'consul' || format === 'etcd' ? {} : { namespace: 'app' }),
        }
        const read = plains(input).plains
        // Two types of one key in two environments are a conflict of any plain file, and named as such.
        if (read.some(({ conflicts }) => conflicts.some(({ reason }) => reason === 'types'))) return true
        expect(all(input)).toEqual(Object.fromEntries(places))
        return true
      }),
      { numRuns: 1500 },
    )
    expect(written).toBeGreaterThan(25)
  })

  it('that a format cannot say are refused with their key, never with their value', () => {
    const of = (json: Json, format: (typeof storedFormats)[number], name = 'my.key') => {
      const file = writeStored([{ namespace: 'app', values: [[name, json]] }], format)
      return file.ok ? 'written' : file.failure.detail
    }
    expect(of('8080', 'properties')).toContain('The value of my.key cannot be written in properties')
    expect(of(null, 'toml')).toContain('my.key')
    expect(of({ hunter2: 1 }, 'spring')).not.toContain('hunter2')
    expect(of([1], 'env')).toContain('my.key')
    expect(of('a\nb', 'docker')).toContain('my.key')
    expect(of('8080', 'env', 'PORT')).toBe('written')
  })
})

describe('bytes that are no text', () => {
  it('are refused with the offset of the first byte that cannot be there', () => {
    const latin1 = new Uint8Array([...Buffer.from('a: 1\nname: caf'), 0xe9, 0x0a])
    const read = readFile({ text: latin1, format: 'yaml', namespace: 'a' })
    expect(read.ok ? '' : read.failure.detail).toContain('the byte at offset 14 cannot be there')
    const cut = readFile({ text: new Uint8Array([0x61, 0x3a, 0x20, 0xc3]), format: 'yaml', namespace: 'a' })
    expect(cut.ok ? '' : cut.failure.detail).toContain('UTF-8')
  })
})
