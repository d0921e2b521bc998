// Lists tenants, off the directory.
import { listTenants } from '@konfig/app'
import Type from 'typebox'
import { closed, nextLink, pageQuery } from '../identity/shapes.ts'
import { operation } from '../operation.ts'
import { pageOf, Slug } from './shapes.ts'
import { tenantFields } from './tenant-shapes.ts'

export const getTenants = operation({
  route: 'GET /platform/tenants',
  summary: 'List tenants',
  description: 'By name. With a filter a page may be short though `next` is there: follow it.',
  tag: 'Platform',
  guard: 'platform:read',
  side: 'platform',
  query: Type.Object(
    {
      ...pageQuery,
      q: Type.Optional(Type.String({ maxLength: 63, description: 'The beginning of a name.' })),
      plan: Type.Optional(Slug),
      brand: Type.Optional(Slug),
      region: Type.Optional(Slug),
      status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('closed')])),
      labels: Type.Optional(
        Type.String({
          maxLength: 1000,
          description: '`tier=gold,region`: all of them; without a value it must be there.',
        }),
      ),
    },
    closed,
  ),
  answer: pageOf(tenantFields),
  refuses: ['denied', 'malformed_request'],
  example: { query: { plan: 'premium' } },
  run: async (context, { query }) => {
    const page = await listTenants(context, query)
    return {
      body: { items: [...page.items], next: page.next },
      headers: nextLink('/platform/tenants', query, page.next),
    }
  },
})
