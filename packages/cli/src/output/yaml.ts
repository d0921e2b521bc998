// YAML of an answer. Loaded only where it is asked for.
import { writeYaml as write } from '@konfig/files'

type Json = Parameters<typeof write>[0]

/** What JSON leaves out is left out here too. */
export const writeYaml = (value: unknown): string => write(JSON.parse(JSON.stringify(value ?? null)) as Json)
