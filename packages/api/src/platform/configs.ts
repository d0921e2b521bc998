// The platform's own namespaces, environments and configs: the tenants' routes on its own log, with layers and policies beside them.
import Type from 'typebox'
import { postConfig } from '../configs/create-config.ts'
import { postEnvironment } from '../configs/create-environment.ts'
import { postNamespace } from '../configs/create-namespace.ts'
import { deleteOneConfig } from '../configs/delete-config.ts'
import { deleteOneEnvironment } from '../configs/delete-environment.ts'
import { deleteOneNamespace } from '../configs/delete-namespace.ts'
import { getConfigs } from '../configs/list-configs.ts'
import { getEnvironments } from '../configs/list-environments.ts'
import { getNamespaces } from '../configs/list-namespaces.ts'
import { getOverrides } from '../configs/list-overrides.ts'
import { patchOneConfig } from '../configs/patch-config.ts'
import { patchOneEnvironment } from '../configs/patch-environment.ts'
import { patchOneNamespace } from '../configs/patch-namespace.ts'
import { putOneConfig } from '../configs/put-config.ts'
import { putOneEnvironment } from '../configs/put-environment.ts'
import { putOneNamespace } from '../configs/put-namespace.ts'
import { getConfig } from '../configs/read-config.ts'
import { getEnvironment } from '../configs/read-environment.ts'
import { getHistory, HistoryQuery } from '../configs/read-history.ts'
import { getNamespace } from '../configs/read-namespace.ts'
import { postRollback, RollbackBody } from '../configs/rollback-config.ts'
import { closed, environmentQuery, NewConfigBody, policyFields, PutConfigBody } from '../configs/shapes.ts'
import type { Operation } from '../operation.ts'
import { onPlatform } from './twin.ts'

const layerNamed = (description: string) =>
  Type.Optional(Type.String({ pattern: '^(platform|(brand|plan):[a-z0-9][a-z0-9_-]{0,62})$', description }))
const ownLayer = layerNamed('`platform` if it is left out, `brand:<name>` or `plan:<name>`.')
const layerQuery = Type.Object({ ...environmentQuery, layer: ownLayer }, closed)

const environment = { path: { name: 'staging' } }
const namespace = { path: { ns: 'platform-defaults' } }
const key = { path: { ns: 'platform-defaults', key: 'timeout' } }
const bounded = { mode: 'bounded', schema: { minimum: 1, maximum: 90 } }

export const platformConfigOperations: readonly Operation[] = [
  onPlatform(getEnvironments),
  onPlatform(postEnvironment),
  onPlatform(getEnvironment, { example: environment }),
  onPlatform(putOneEnvironment, { example: { ...environment, body: { order: 2, parent: 'dev' } } }),
  onPlatform(patchOneEnvironment, { example: { ...environment, body: { displayName: 'Rehearsal' } } }),
  onPlatform(deleteOneEnvironment, { example: environment }),
  onPlatform(getNamespaces),
  onPlatform(postNamespace),
  onPlatform(getNamespace, { example: namespace }),
  onPlatform(putOneNamespace, { example: { ...namespace, body: { displayName: 'Defaults', closed: true } } }),
  onPlatform(patchOneNamespace, { example: { ...namespace, body: { description: 'What everybody begins with' } } }),
  onPlatform(deleteOneNamespace, { example: { ...namespace, query: { cascade: 'true' } } }),
  onPlatform(getConfigs, { example: namespace }),
  onPlatform(postConfig, {
    body: Type.Object({ ...NewConfigBody.properties, ...policyFields }, closed),
    example: { ...namespace, body: { key: 'retry-delay', type: 'number', value: 250, policy: { mode: 'locked' } } },
  }),
  onPlatform(getConfig, { query: layerQuery, example: key }),
  onPlatform(putOneConfig, {
    description:
      '`{value}` alone keeps the definition; with `type` the whole definition is replaced, its policy too. With `?layer` or `?environment` the body is `{value}`. What of the tenants no longer fits becomes inert; nothing of theirs is refused or lost.',
    query: layerQuery,
    body: Type.Object({ ...PutConfigBody.properties, ...policyFields }, closed),
    example: { ...key, body: { type: 'number', value: 45, policy: bounded } },
  }),
  onPlatform(patchOneConfig, { query: layerQuery, example: { ...key, body: { policy: bounded } } }),
  onPlatform(deleteOneConfig, { query: layerQuery, example: key }),
  onPlatform(getHistory, {
    query: Type.Object(
      {
        ...HistoryQuery.properties,
        layer: layerNamed('`platform`, `brand:<name>` or `plan:<name>`; all if it is left out.'),
      },
      closed,
    ),
    example: key,
  }),
  onPlatform(getOverrides),
  onPlatform(postRollback, {
    body: Type.Object({ ...RollbackBody.properties, layer: ownLayer }, closed),
    example: { ...key, body: { version: 1 } },
  }),
]
