import { readdirSync, readFileSync } from 'node:fs'
import { getProperties } from 'properties-file'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileContent, type FileFormat, readFile } from './read.ts'
import type { Plain } from './plain.ts'

const refusal = (text: string | Uint8Array, format: FileFormat = 'yaml'): string => {
  const read = readFile({ text, format, namespace: 'app' })
  return read.ok ? 'accepted' : read.failure.detail
}
const content = (text: string | Uint8Array, format: FileFormat = 'yaml'): FileContent => {
  const read = readFile({ text, format, namespace: 'app' })
  if (!read.ok) throw new Error(read.failure.detail)
  return read.value
}
const plain = (text: string | Uint8Array, format?: FileFormat): Plain => {
  const read = content(text, format)
  if (read.kind !== 'plain') throw new Error('read as manifests')
  const [one] = read.plains
  if (one === undefined || read.plains.length > 1) throw new Error('read as several namespaces')
  return one
}
const values = (text: string | Uint8Array, format?: FileFormat) =>
  Object.fromEntries(plain(text, format).configs.map(({ key, value }) => [key, value]))

describe('a plain file', () => {
  it('becomes flat keys with types, lists and empty maps being values', () => {
    const { configs } = plain(
      'server:\n  port: 80\n  hosts: [a, b]\n  extra: {}\na.b: yes\nratio: 1.5\non: true\nnone:\n',
    )
    expect(configs.map(({ key, value, line }) => [key, value, line])).toEqual([
      ['server.port', 80, 2],
      ['server.hosts', ['a', 'b'], 3],
      ['server.extra', {}, 4],
      ['a.b', 'yes', 5],
      ['ratio', 1.5, 6],
      ['on', true, 7],
      ['none', null, 8],
    ])
    expect(configs.map(({ definition }) => definition.type)).toEqual([
      'number',
      'json',
      'json',
      'string',
      'number',
      'boolean',
      'json',
    ])
  })

  it('takes a dotted key beside the nested one for the same, if both say the same', () => {
    const { configs, conflicts } = plain('a.b.c: \'*\'\na:\n  b:\n    c: "*"\n')
    expect(configs.map(({ key }) => key)).toEqual(['a.b.c'])
    expect(conflicts).toEqual([])
  })

  it('reports a key that is repeated with another value, with both lines, and keeps neither', () => {
    const { configs, conflicts } = plain('a: 1\nb.c: 1\nb:\n  c: 2\na: 1\n')
    expect(configs.map(({ key }) => key)).toEqual(['a'])
    expect(conflicts).toEqual([{ key: 'b.c', reason: 'repeated', lines: [2, 4] }])
  })

  it('keeps dates, times and words of older YAML as text', () => {
    expect(
      values('a: 2020-01-01\nb: 12:30:45\nc: no\nd: ~\ne: 0o17\nf: 017\ng: "1"\nh: 0644\ni: 0\nj: -012\n'),
    ).toEqual({
      a: '2020-01-01',
      b: '12:30:45',
      c: 'no',
      d: null,
      e: 15,
      f: '017',
      g: '1',
      h: '0644',
      i: 0,
      j: '-012',
    })
  })

  it('fills in aliases and merge keys, own keys first', () => {
    expect(values('base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nlist: [*b]\n')).toEqual({
      'base.x': 1,
      'base.y': 2,
      'use.y': 3,
      'use.x': 1,
      list: [{ x: 1, y: 2 }],
    })
  })

  it('reads byte-order marks wherever a document starts, and any line ends', () => {
    expect(values('\ufeffa: 1\r\n---\r\n\ufeffb: 2\r\n\ufeff---\nc: 3\n')).toEqual({ a: 1, b: 2, c: 3 })
    expect(values(new TextEncoder().encode('\ufeffa: é\r\n'))).toEqual({ a: 'é' })
    expect(values('\ufeff{"a": 1}', 'json')).toEqual({ a: 1 })
    expect(values('\ufeffa=1\r\nb=2', 'properties')).toEqual({ a: 1, b: 2 })
  })

  it('leaves references of other tools as the text they are', () =>
    expect(values('a: ${spring.application.name}:${random.uuid}\n')).toEqual({
      a: '${spring.application.name}:${random.uuid}',
    }))

  it('takes its namespace from its name, unless one is given', () => {
    const named = (name: string, namespace?: string) => {
      const read = readFile({ text: 'a: 1', name, ...(namespace === undefined ? {} : { namespace }) })
      return read.ok && read.value.kind === 'plain' ? read.value.plains[0]?.namespace : 'refused'
    }
    expect(
      [
        'vets-service.yml',
        'Application.YAML',
        '../etc.yml',
        '/etc/passwd',
        'a\\b.yml',
        '..',
        '.yml',
        'con fig.yml',
      ].map((name) => named(name)),
    ).toEqual(['vets-service', 'application', 'refused', 'refused', 'refused', 'refused', 'refused', 'refused'])
    expect(named('x y.yml', 'given')).toBe('given')
    expect(named('a.yml', '../given')).toBe('refused')
  })

  it.each([
    ['a key with a slash', 'a: 1\nb/c: 2\n', 'line 2 has a key that is not allowed'],
    ['a key of 256 bytes', `${'k'.repeat(256)}: 1`, 'at most 255 bytes'],
    ['a control character in a key', '"a\\tb": 1', 'control characters'],
    ['the key ..', '"..": 1', 'line 1 has a key'],
    ['an empty key', '"": 1', 'empty key'],
    ['__proto__ as a key', 'a:\n  __proto__:\n    x: 1\n', 'line 2 has the key __proto__'],
    ['__proto__ in a list', 'a: [{__proto__: 1}]', '__proto__'],
    ['constructor in a key', 'a.constructor.b: 1', 'constructor'],
    ['prototype as a key', 'prototype: 1', 'prototype'],
    ['a list at its top', '- 1\n', 'must be a map'],
    ['text only', 'hello\n', 'must be a map'],
    ['a list as key', '? [a]\n: 1\n', 'not plain text'],
    ['an infinite number', 'a: .inf', 'not finite'],
    ['a number that is none', 'a: .nan', 'not finite'],
    ['an integer beyond 2^53-1', 'b: 1\na: 9007199254740993\n', 'line 2 has a number beyond'],
    ['the same in another base', 'a: 0xFFFFFFFFFFFFFFFF', 'beyond'],
    ['a number that overflows', 'a: 1e400', 'not finite'],
    ['a tag for another language', 'a: !!js/function "x"', 'tag'],
    ["a tag of one's own", 'a: !secret x', 'tag'],
    ['indentation with tabs', 'a:\n\tb: 1\n', 'line 2 is indented with tabs'],
    ['broken syntax', 'a: [1\nb: 2\n', 'is not YAML'],
    ['YAML 1.1', '%YAML 1.1\n---\na: 1\n', 'YAML 1.2'],
    ['an alias of nothing', 'a: *b', 'alias'],
    ['an alias of itself', 'a: &a [*a]', 'alias'],
  ])('is refused for %s', (_, text, part) => expect(refusal(text)).toContain(part))

  it('never repeats what stood in the file', () => {
    for (const text of [
      'a: [hunter2',
      'hunter2: *x',
      'x/hunter2: 1',
      '__proto__: hunter2',
      'a: !hunter2 b',
      '"hunter2',
    ])
      expect(refusal(text)).not.toContain('hunter2')
  })

  it('is refused when aliases multiply, however they are nested', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `l${level}: &l${level} [${Array.from({ length: 10 }, () => (level === 0 ? 'x' : `*l${level - 1}`)).join()}]`,
    )
    expect(refusal(levels.join('\n'))).toContain('multiply')
    const maps = Array.from(
      { length: 40 },
      (_, level) =>
        `l${level}: &l${level} {${['a', 'b'].map((key) => `${key}: ${level === 0 ? 'x' : `*l${level - 1}`}`).join()}}`,
    )
    expect(refusal(maps.join('\n'))).toContain('multiply')
  })

  it('is refused when it is nested too deeply, in every format', () => {
    for (const depth of [100, 200, 20_000]) {
      expect(refusal(`a: ${'['.repeat(depth)}${']'.repeat(depth)}`)).toMatch(/deep/)
      expect(refusal(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`, 'json')).toMatch(/deep/)
    }
    expect(refusal(Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''))).toMatch(/deep|key/)
  })

  it('is refused when it is larger than its format may be', () => {
    expect(refusal(`a: ${'x'.repeat(16 * 1_048_576)}`)).toContain('16 MiB')
    expect(refusal(`a=${'x'.repeat(64 * 1_048_576)}`, 'properties')).toContain('64 MiB')
  })

  it('is refused when it is not text in UTF-8', () => {
    expect(refusal(new Uint8Array([0xff, 0xfe, 0x61, 0]))).toContain('UTF-16')
    expect(refusal(new Uint8Array([0x61, 0x3a, 0xff]))).toContain('UTF-8')
    expect(refusal(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]))).toContain('binary')
    expect(refusal('a: \ud800')).toContain('Unicode')
  })

  it('leaves all objects as they were', () => {
    refusal('{"__proto__": {"polluted": true}}', 'json')
    content('kind: config\nmetadata: {name: a}\nspec: {value: {constructor: {prototype: {polluted: true}}}}')
    expect('polluted' in {}).toBe(false)
  })
})

describe('a JSON file', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.integer({ min: 0, max: 2 }), (text, indent) => {
        const value = JSON.parse(text) as unknown
        const read = readFile({
          text: JSON.stringify({ kind: 'x', metadata: { name: 'x' }, spec: { value } }, undefined, indent),
          format: 'json',
        })
        const expected = JSON.stringify(value)
        const odd = !read.ok && (/"__proto__"/.test(expected) || /e\+|\d{16}/.test(expected))
        expect(
          odd ||
            (read.ok &&
              read.value.kind === 'manifests' &&
              JSON.stringify(read.value.manifests[0]?.spec['value']) === expected),
        ).toBe(true)
      }),
    )
  })

  it.each([
    ['{"a":1,}', 'line 1'],
    ['{"a":01}', 'is not JSON'],
    ["{'a':1}", 'is not JSON'],
    ['{"a":1}{', 'the end of the file'],
    ['{"a":NaN}', 'a value'],
    ['{"a":"\t"}', 'a string'],
    ['', 'a value'],
    ['{"a":\n9007199254740993}', 'line 2 has a number beyond'],
    ['{"a":-9007199254740992}', 'beyond'],
    ['{"a":1e999}', 'not finite'],
    ['{"a":"\\ud800"}', 'Unicode'],
    ['{"a":{"\\u005f_proto__":1}}', '__proto__'],
    ['[{"a":1}]', 'must be a map'],
  ])('is refused when it is %s', (text, part) => expect(refusal(text, 'json')).toContain(part))

  it('counts keys that are repeated as any plain file does', () =>
    expect(plain('{"a":1,\n"a":2,"b":{"c":1},"b":{"c":1}}', 'json').conflicts).toEqual([
      { key: 'a', reason: 'repeated', lines: [1, 2] },
    ]))
})

describe('a properties file', () => {
  it('reads comments, separators, continued lines and escapes, and infers what is written exactly', () => {
    const text =
      '# c\n! c\na = 1\nb:true\nc  x y \nd=\\u00e9\\t|\ne=one,\\\n   two\nf\n g\\ h\\:=1.50\nport=08\nurl=http://x/?a=b\\\\c\nbig=9007199254740993\n'
    expect(values(text, 'properties')).toEqual({
      a: 1,
      b: true,
      c: 'x y ',
      d: 'é\t|',
      e: 'one,two',
      f: '',
      'g h:': '1.50',
      port: '08',
      url: 'http://x/?a=b\\c',
      big: '9007199254740993',
    })
  })

  it('reads text as another reader of the format does', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', '=', ':', ' ', '\\', '\t', 'é', '!', '#', 'n', 't', '.') })
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n')
        const read = readFile({ text, format: 'properties', namespace: 'app' })
        const one = read.ok && read.value.kind === 'plain' ? read.value.plains[0] : undefined
        if (one === undefined || one.conflicts.length > 0) return
        const ours = Object.fromEntries(
          one.configs.map(({ key, value }) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
        )
        expect(ours).toEqual({ ...getProperties(text) })
      }),
      { numRuns: 2000 },
    )
  })

  it('is read in time that grows with its length only', () => {
    const text = `a=${'\\'.repeat(400_000)}b\n${'c=1\\\n'.repeat(100_000)}`
    expect(values(text, 'properties')).toHaveProperty('a')
  })

  it('splits at #---, each part with its own profile', () => {
    const { overrides } = plain('a=1\n#---\nspring.config.activate.on-profile=dev,prod\na=2\n', 'properties')
    expect(overrides.map(({ environment, value }) => [environment, value])).toEqual([
      ['dev', 2],
      ['prod', 2],
    ])
  })
})

describe("Spring's profiles", () => {
  it('become environments, and what activates them is dropped', () => {
    const read = plain(
      'a: 1\n---\nspring:\n  config:\n    activate:\n      on-profile: docker\na: 2\nb: x\n---\nspring.profiles: [dev, "qa, docker"]\nc: true\n',
    )
    expect(read.environments).toEqual(['docker', 'dev', 'qa'])
    expect(read.configs.map(({ key, value }) => [key, value])).toEqual([
      ['a', 1],
      ['b', undefined],
      ['c', undefined],
    ])
    expect(read.overrides.map(({ key, environment, value, line }) => [key, environment, value, line])).toEqual([
      ['a', 'docker', 2, 7],
      ['b', 'docker', 'x', 8],
      ['c', 'dev', true, 11],
      ['c', 'qa', true, 11],
      ['c', 'docker', true, 11],
    ])
  })

  it('may not disagree with each other on a type', () => {
    const read = plain('a: 1\n---\nspring.config.activate.on-profile: dev\na: x\n')
    expect(read.conflicts).toEqual([{ key: 'a', reason: 'types', types: ['number', 'string'], lines: [1, 4] }])
    expect([read.configs, read.overrides]).toEqual([[], []])
  })

  it('may not set a key twice with different values', () => {
    const profile = '---\nspring.config.activate.on-profile: dev\n'
    expect(plain(`${profile}a: 1\n${profile}a: 2\n`).conflicts).toEqual([
      { key: 'a', reason: 'repeated', environment: 'dev', lines: [3, 6] },
    ])
  })

  it.each(['!dev', 'dev & eu', 'dev | qa', '(dev)'])(
    'are refused by name when they are an expression: %s',
    (expression) =>
      expect(refusal(`a: 1\n---\nspring.config.activate.on-profile: "${expression}"\n`)).toContain(
        'line 3 has a profile expression with !, &, | or parentheses',
      ),
  )

  it('are refused when they cannot name an environment, or are no profiles at all', () => {
    expect(refusal('spring.profiles: ../x')).toContain('cannot be an environment')
    expect(refusal('spring.profiles: Prod')).toContain('cannot be an environment')
    expect(refusal('spring.profiles: 1')).toContain('not text')
    expect(refusal('spring.config.activate.on-cloud-platform: kubernetes')).toContain('something else than a profile')
  })

  it('of a real set of files all become environments without a conflict', () => {
    const folder = new URL('../../../examples/petclinic/', import.meta.url)
    const files = readdirSync(folder).filter((name) => name.endsWith('.yml'))
    const read = files.map((name) => {
      const file = readFile({ text: readFileSync(new URL(name, folder)), name })
      return file.ok && file.value.kind === 'plain' ? file.value.plains[0] : undefined
    })
    expect(files).toHaveLength(9)
    expect(
      read.map((file) => [
        file?.namespace,
        file?.configs.length,
        file?.overrides.length,
        file?.environments,
        file?.conflicts,
      ]),
    ).toEqual([
      ['admin-server', 2, 1, ['docker'], []],
      ['api-gateway', 7, 1, ['docker'], []],
      ['application', 30, 14, ['chaos-monkey', 'docker', 'mysql'], []],
      ['customers-service', 3, 3, ['default', 'docker'], []],
      ['discovery-server', 5, 0, [], []],
      ['genai-service', 3, 3, ['default', 'docker'], []],
      ['tracing-server', 3, 2, ['default', 'docker'], []],
      ['vets-service', 5, 3, ['default', 'docker'], []],
      ['visits-service', 3, 3, ['default', 'docker'], []],
    ])
  })
})
