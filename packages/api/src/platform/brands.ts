// Brands: several products run on one platform.
import Type from 'typebox'
import { layerOperations } from './layers.ts'
import { DisplayName, Text } from './shapes.ts'

export const brandOperations = layerOperations({
  kind: 'brand',
  collection: '/platform/brands',
  plural: 'brands',
  body: { displayName: Type.Optional(DisplayName), description: Type.Optional(Text) },
  existing: 'sun',
  sample: { displayName: 'Sunshine' },
})
