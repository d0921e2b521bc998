// A brand is one of several products run on one platform: a layer of overrides. A tenant that names a missing brand has an empty layer.
import Type from 'typebox'
import { closed, DisplayName, kind, Text } from './kind.ts'
import { layerInUse } from './layer.ts'

export const brand = kind({
  kind: 'brand',
  group: 'governance',
  sides: ['platform'],
  permission: 'platform:write',
  body: Type.Object({ displayName: Type.Optional(DisplayName), description: Type.Optional(Text) }, closed),
  check: layerInUse,
})
