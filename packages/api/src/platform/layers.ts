// The six routes of brands, and the same six of plans: they differ in name and in what a body holds, in nothing else.
import { createLayer, deleteLayer, type LayerKind, listLayers, patchLayer, readLayer, replaceLayer } from '@konfig/app'
import type { JsonObject } from '@konfig/core'
import Type, { type TProperties } from 'typebox'
import { closed, nextLink, orNull, pageQuery } from '../identity/shapes.ts'
import { type Operation, operation } from '../operation.ts'
import { etagOf, NameOrId, pageOf, Slug, stamp } from './shapes.ts'

interface Layers {
  readonly kind: LayerKind
  readonly collection: '/platform/brands' | '/platform/plans'
  readonly plural: string
  /** All of it optional. */
  readonly body: TProperties
  readonly existing: string
  readonly sample: JsonObject
}

export const layerOperations = ({ kind, collection, plural, body, existing, sample }: Layers): readonly Operation[] => {
  const base = { tag: 'Platform', side: 'platform' } as const
  const path = Type.Object({ name: NameOrId }, closed)
  const fields = { id: Type.String(), name: Slug, ...body, ...stamp }
  const View = Type.Object(fields, closed)
  const Patch = Type.Object(
    Object.fromEntries(Object.entries(body).map(([field, schema]) => [field, Type.Optional(orNull(schema))])),
    closed,
  )

  return [
    operation({
      ...base,
      route: `GET ${collection}`,
      summary: `List ${plural}`,
      guard: 'platform:read',
      query: Type.Object(
        {
          ...pageQuery,
          q: Type.Optional(Type.String({ maxLength: 200 })),
          sort: Type.Optional(Type.String({ maxLength: 50 })),
        },
        closed,
      ),
      answer: pageOf(fields),
      refuses: ['denied', 'malformed_request'],
      example: {},
      run: async (context, { query }) => {
        const page = await listLayers(context, kind, query)
        return {
          body: { items: page.items.map((item) => ({ ...item })), next: page.next },
          headers: nextLink(collection, query, page.next),
        }
      },
    }),
    operation({
      ...base,
      route: `POST ${collection}`,
      summary: `Create a ${kind}`,
      guard: 'platform:write',
      writes: true,
      body: Type.Object({ name: Slug, ...body }, closed),
      answer: View,
      status: 201,
      refuses: ['denied', 'already_exists', 'name_invalid', 'malformed_request'],
      example: { body: { name: 'fresh', ...sample } },
      run: async (context, { body: { name, ...rest } }) => {
        const view = await createLayer(context, kind, String(name), rest as JsonObject)
        return { status: 201, body: view, headers: { ...etagOf(view), location: `/api/v1${collection}/${view.name}` } }
      },
    }),
    operation({
      ...base,
      route: `GET ${collection}/{name}`,
      summary: `Read a ${kind}`,
      guard: 'platform:read',
      path,
      answer: View,
      refuses: ['denied', 'resource_not_found'],
      example: { path: { name: existing } },
      run: async (context, { path: { name } }) => {
        const view = await readLayer(context, kind, name)
        return { body: view, headers: etagOf(view) }
      },
    }),
    operation({
      ...base,
      route: `PUT ${collection}/{name}`,
      summary: `Create or replace a ${kind}`,
      guard: 'platform:write',
      writes: true,
      path,
      body: Type.Object(body, closed),
      answer: View,
      refuses: ['denied', 'name_invalid', 'precondition_failed', 'malformed_request'],
      example: { path: { name: existing }, body: sample },
      run: async (context, { path: { name }, body: given }) => {
        const { view, created } = await replaceLayer(context, kind, name, given as JsonObject)
        return { status: created ? 201 : 200, body: view, headers: etagOf(view) }
      },
    }),
    operation({
      ...base,
      route: `PATCH ${collection}/{name}`,
      summary: `Change a ${kind}`,
      description: 'What is left out stays, null takes a field away.',
      guard: 'platform:write',
      writes: true,
      accepts: ['application/json', 'application/merge-patch+json'],
      path,
      body: Patch,
      answer: View,
      refuses: ['denied', 'resource_not_found', 'precondition_failed', 'malformed_request'],
      example: { path: { name: existing }, body: sample },
      run: async (context, { path: { name }, body: given }) => {
        const view = await patchLayer(context, kind, name, given as JsonObject)
        return { body: view, headers: etagOf(view) }
      },
    }),
    operation({
      ...base,
      route: `DELETE ${collection}/{name}`,
      summary: `Delete a ${kind}`,
      description: `Its own overrides go first, or with it (?cascade=true). Tenants of a ${kind} that is gone have an empty layer instead.`,
      guard: 'platform:write',
      writes: true,
      path,
      query: Type.Object({ cascade: Type.Optional(Type.Boolean()) }, closed),
      answer: Type.Null(),
      status: 204,
      refuses: ['denied', 'resource_not_found', 'in_use', 'precondition_failed', 'precondition_required'],
      example: { path: { name: existing }, query: { cascade: 'true' } },
      run: async (context, { path: { name }, query }) => {
        await deleteLayer(context, kind, name, query.cascade === true)
        return { status: 204, body: null }
      },
    }),
  ]
}
