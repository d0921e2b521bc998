import { operations } from '@konfig/api'
import { validate } from '@scalar/openapi-validator'
import { describe, expect, it } from 'vitest'
import { openApiOf } from './openapi.ts'
import { openTestNode } from './testing/node.ts'

describe('the description of the API', () => {
  const description = openApiOf(operations, '1.0.0')

  it('is valid OpenAPI 3.1', () => {
    const found = validate(structuredClone(description))
    expect(found).toMatchObject({ valid: true })
  })

  it('has every operation once, under an id of its own', () => {
    const paths = description['paths'] as {
      readonly [path: string]: { readonly [method: string]: { readonly operationId: string } }
    }
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(ids).toHaveLength(operations.length)
    expect(new Set(ids).size).toBe(operations.length)
  })

  it('says of each parameter and each field of a problem what it is', () => {
    const paths = description['paths'] as {
      readonly [path: string]: {
        readonly [method: string]: {
          readonly parameters: readonly { readonly name: string; readonly description?: string }[]
        }
      }
    }
    const silent = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters }) =>
        parameters.filter((each) => (each.description ?? '') === '').map(({ name }) => `${path} ${name}`),
      ),
    )
    expect(silent).toEqual([])
    const { schemas } = description['components'] as {
      readonly schemas: { readonly Problem: { readonly properties: { readonly [name: string]: object } } }
    }
    for (const field of Object.values(schemas.Problem.properties)) expect(field).toHaveProperty('description')
  })

  it('is served, with the docs beside it that need no other host', async () => {
    const node = await openTestNode({ options: { docs: true } })
    const { fastify } = node.server
    expect((await fastify.inject('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' })
    const page = await fastify.inject('/docs/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.body.match(/(?:src|href)="(?:https?:)?\/\/[^"]+"/g) ?? []).toEqual([])
    const script = /src="([^"]+\.js[^"]*)"/.exec(page.body)?.[1] ?? ''
    expect((await fastify.inject(new URL(script, 'http://h/docs/').pathname)).statusCode).toBe(200)
    expect((await fastify.inject('/docs/problems')).body).toContain('id="policy_locked"')
    const icon = await fastify.inject('/favicon.ico')
    expect([icon.statusCode, icon.headers['content-type']]).toEqual([200, 'image/svg+xml'])
    await node.close()
  })
})
