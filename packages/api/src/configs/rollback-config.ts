// Puts a config back to one of its versions.
import { rollbackConfig } from '@konfig/app'
import Type from 'typebox'
import { operation } from '../operation.ts'
import { placeOf } from './place.ts'
import { closed, configAddress, ConfigShape, KeyPath, sendViewed, valueRefusals } from './shapes.ts'

export const RollbackBody = Type.Object(
  { version: Type.Integer({ minimum: 1 }), environment: Type.Optional(Type.String({ maxLength: 63 })) },
  closed,
)

export const postRollback = operation({
  route: 'POST /namespaces/{ns}/configs/{key}/rollback',
  summary: 'Roll a config back to a version',
  description: 'A new version with the old content: history is never cut.',
  tag: 'Configs',
  guard: 'config:write',
  side: 'tenant',
  writes: true,
  place: ({ path }) => placeOf(path.ns, undefined),
  path: KeyPath,
  body: RollbackBody,
  answer: ConfigShape,
  refuses: ['version_not_found', 'defined_by_platform', ...valueRefusals],
  example: { path: { ns: 'billing', key: 'retries' }, body: { version: 1 } },
  run: async (context, { path, body }) => {
    const { version, ...where } = body
    const back = await rollbackConfig(context, { namespace: path.ns, key: path.key, ...where }, version)
    return sendViewed(back, configAddress(back.view))
  },
})
