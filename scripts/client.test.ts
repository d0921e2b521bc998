import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { operations } from '../packages/api/src/index.ts'
import { clientFile, clientText, methodName, typeOf } from './client.ts'

it("the SDK's management client is what the registry says; `node scripts/client.ts` writes it", () => {
  expect(readFileSync(clientFile, 'utf8') === clientText()).toBe(true)
})

it('every operation but streams has a name of its own, made from its route', () => {
  const names = operations.filter(({ streams }) => streams !== true).map(methodName)
  expect(new Set(names).size).toBe(names.length)
  for (const [route, name] of [
    ['GET /namespaces/{ns}/configs/{key}', 'readNamespaceConfig'],
    ['POST /namespaces/{ns}/configs/{key}/rollback', 'rollbackNamespaceConfig'],
    ['POST /api-keys', 'createApiKey'],
    ['POST /auth/login', 'login'],
  ])
    expect(methodName(operations.find((operation) => operation.route === route)!)).toBe(name)
})

it('a schema becomes the type that its values have', () => {
  const flat = (schema: Parameters<typeof typeOf>[0]): string => typeOf(schema).replace(/\s+/g, ' ')
  expect(flat({ type: 'integer' })).toBe('number')
  expect(flat({ const: 'a' })).toBe('"a"')
  expect(flat({})).toBe('unknown')
  expect(flat({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } })).toBe(
    'readonly ((string) | (null))[]',
  )
  expect(flat({ type: 'object', patternProperties: { '^.*$': { type: 'boolean' } } })).toBe(
    'Readonly<Record<string, boolean>>',
  )
  expect(flat({ type: 'object', properties: { a: { type: 'string' }, 'b-c': {} }, required: ['a'] })).toBe(
    '{ readonly a: string readonly "b-c"?: unknown }',
  )
})
