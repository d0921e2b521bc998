export { type Manifest, type ManifestMetadata, writeManifests } from './manifest.ts'
export { manifestsOf, type Plain, type PlainConfig, type PlainConflict, type PlainOverride } from './plain.ts'
export { type FileContent, type FileFormat, fileFormats, type FileInput, readFile } from './read.ts'
export {
  envName,
  type Group,
  type Layout,
  type Values,
  type ValuesFormat,
  valuesFormats,
  type WriteValues,
  writeValues,
} from './write.ts'
