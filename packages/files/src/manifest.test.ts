import type { Json, JsonObject } from '@konfig/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Manifest, writeManifests } from './manifest.ts'
import { manifestsOf } from './plain.ts'
import { readFile } from './read.ts'
import { writeYaml } from './yaml-write.ts'

const read = (text: string): readonly Manifest[] => {
  const file = readFile({ text, format: 'manifest' })
  if (!file.ok) throw new Error(file.failure.detail)
  return file.value.kind === 'manifests' ? file.value.manifests : []
}
const refusal = (text: string): string => {
  const file = readFile({ text, format: 'manifest' })
  return file.ok ? 'accepted' : file.failure.detail
}

const odd = fc.constantFrom(
  '',
  'no',
  'Yes',
  'y',
  'null',
  '~',
  '0o17',
  '017',
  '1e3',
  '0x1f',
  '.5',
  '1_000',
  '2020-01-01',
  '12:30',
  '-',
  '- a',
  'a: b',
  'a #b',
  '#',
  "'",
  '"',
  '\\',
  ' a',
  'a ',
  '\n',
  'a\nb\n',
  '\t',
  '<<',
  '=',
  '*a',
  '&a',
  '!t',
  '%',
  '@',
  '`',
  '---',
  '...',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u0007',
  '😀',
  '{}',
  '[]',
  'true',
  '.inf',
  '.nan',
  '+1',
  '0',
  '-0',
  '1.',
  '_',
  '__',
  'constructor',
  '?',
  '|',
  '>',
  'x'.repeat(1100),
)
const anyText = fc.oneof(
  odd,
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
)
const key = anyText.filter((text) => text !== '__proto__')
const number = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }))
  .map((value) => (value === 0 ? 0 : value))
const json = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    number,
    anyText,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(key, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).node
const name = anyText.filter((text) => text !== '')
const metadata = fc.record(
  {
    name,
    namespace: name,
    layer: name,
    environment: name,
    labels: fc.dictionary(key, anyText, { maxKeys: 2, noNullPrototype: true }),
  },
  { requiredKeys: ['name'] },
) as fc.Arbitrary<Manifest['metadata']>
const spec = fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<JsonObject>
const manifest: fc.Arbitrary<Manifest> = fc.record({ kind: name, metadata, spec })

describe('manifests', () => {
  it.each(['yaml', 'json'] as const)(
    'come back exactly from %s, and are written again with the same bytes',
    (format) => {
      fc.assert(
        fc.property(fc.array(manifest, { minLength: 1, maxLength: 4 }), (manifests) => {
          const text = writeManifests(manifests, format)
          const back = read(text)
          expect(new Set(back.map((item) => JSON.stringify(writeManifests([item], 'json'))))).toEqual(
            new Set(manifests.map((item) => JSON.stringify(writeManifests([item], 'json')))),
          )
          expect(writeManifests(back, format)).toBe(text)
        }),
        { numRuns: 300 },
      )
    },
  )

  it('are written the same whatever order they and their fields come in', () => {
    const a: Manifest = { kind: 'config', metadata: { name: 'a', namespace: 'n' }, spec: { type: 'number', value: 1 } }
    const b: Manifest = {
      kind: 'config',
      metadata: { namespace: 'm', name: 'b' },
      spec: { value: { y: 1, x: 2 }, type: 'json' },
    }
    const other = [
      { kind: 'config', metadata: { name: 'b', namespace: 'm' }, spec: { type: 'json', value: { x: 2, y: 1 } } },
      a,
    ]
    expect(writeManifests([a, b], 'yaml')).toBe(writeManifests(other, 'yaml'))
    expect(writeManifests([a, b], 'yaml')).toBe(
      '---\nkind: config\nmetadata:\n  name: b\n  namespace: m\nspec:\n  type: json\n  value:\n    x: 2\n    "y": 1\n---\nkind: config\nmetadata:\n  name: a\n  namespace: "n"\nspec:\n  type: number\n  value: 1\n',
    )
  })

  it('come as documents, a list, one object, or items, with or without a spec', () => {
    const one = { kind: 'namespace', metadata: { name: 'n' }, spec: {} }
    for (const text of [
      'kind: namespace\nmetadata: {name: n}\n',
      '- kind: namespace\n  metadata: {name: n}\n',
      'items:\n- {kind: namespace, metadata: {name: n}}\n',
      JSON.stringify(one),
      JSON.stringify([one]),
      JSON.stringify({ items: [one] }),
    ]) {
      expect(read(text)).toEqual([one])
    }
    expect(
      read('---\nkind: a\nmetadata: {name: x}\n---\n\n---\n- kind: b\n  metadata: {name: y}\n').map(({ kind }) => kind),
    ).toEqual(['a', 'b'])
  })

  it('are told from plain files by their kind and metadata', () => {
    const file = readFile({ text: 'kind: x\nname: y\n', namespace: 'n' })
    expect(file.ok && file.value.kind).toBe('plain')
  })

  it.each([
    ['kind: a\nmetadata: {name: n}\nstatus: {}', 'beside kind'],
    ['kind: a\nmetadata: {name: n, uid: x}', 'metadata beside'],
    ['kind: a\nmetadata: {name: 1}', 'metadata.name'],
    ['kind: a\nmetadata: {name: n, environment: 1}', 'metadata.environment'],
    ['kind: a\nmetadata: {name: n, labels: {a: 1}}', 'labels'],
    ['kind: 1\nmetadata: {name: n}', 'kind, which is text'],
    ['kind: a\nmetadata: {name: n}\nspec: []', 'spec'],
    ['- kind: a\n  metadata: {name: n}\n- x\n', 'line 3 must be an object'],
    ['kind: a\nmetadata: {name: n}\nspec: {a: 1, a: 2}', 'repeats a key'],
    ['kind: a\nmetadata: {name: n}\nspec: {value: {__proto__: 1}}', '__proto__'],
    ['kind: a\nmetadata: {name: n}\nspec: {value: 9007199254740993}', 'beyond'],
  ])('are refused: %s', (text, part) => expect(refusal(text)).toContain(part))

  it('lists every manifest that is wrong', () => {
    const file = readFile({
      text: '[{"kind":"a","metadata":{}},\n{"kind":1,"metadata":{"name":"b"}}]',
      format: 'manifest',
    })
    expect(file.ok ? [] : file.failure.errors?.map(({ detail }) => detail)).toEqual([
      'line 1 needs metadata.name, which is text; put numbers in quotes.',
      'line 2 needs a kind, which is text.',
    ])
  })

  it('of a plain file are what the file says', () => {
    const file = readFile({ text: 'a: 1\n---\nspring.profiles: dev\nb: x\n', namespace: 'n' })
    expect(
      file.ok && file.value.kind === 'plain' ? file.value.plains.flatMap((plain) => manifestsOf(plain)) : [],
    ).toEqual([
      { kind: 'namespace', metadata: { name: 'n' }, spec: {} },
      { kind: 'environment', metadata: { name: 'dev' }, spec: {} },
      { kind: 'config', metadata: { name: 'a', namespace: 'n' }, spec: { type: 'number', value: 1 } },
      { kind: 'config', metadata: { name: 'b', namespace: 'n' }, spec: { type: 'string' } },
      {
        kind: 'override',
        metadata: { name: 'b', namespace: 'n', layer: 'tenant', environment: 'dev' },
        spec: { value: 'x' },
      },
    ])
  })
})

describe('YAML as it is written', () => {
  it('says the same to readers of version 1.1 and 1.2', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          key.filter((text) => text.length < 1000),
          json,
          { noNullPrototype: true },
        ),
        (value) => {
          const text = writeYaml(value)
          expect(parse(text, { version: '1.2', maxAliasCount: 0 })).toEqual(value)
          expect(parse(text, { version: '1.1', schema: 'yaml-1.1', merge: false })).toEqual(value)
        },
      ),
      { numRuns: 300 },
    )
  })
})
