export { intentionOf, writableByManifest } from './intention.ts'
export { type Manifest, type ManifestMetadata, writeManifests } from './manifest.ts'
export { manifestsOf, type Plain, type PlainConfig, type PlainConflict, type PlainOverride } from './plain.ts'
export {
  type FileContent,
  type FileFormat,
  fileFormats,
  type FileInput,
  formatOfName,
  readFile,
  readText,
} from './read.ts'
export type { PlainApplication, ProfileAs } from './spring.ts'
export { largestFileBytes } from './text.ts'
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
export { type StoredFormat, storedFormats, type StoredGroup, writeStored } from './write-stored.ts'
export { writeYaml } from './yaml-write.ts'
