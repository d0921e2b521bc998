// Flags that mean the same wherever they stand.
import type { Flag } from './verb.ts'

export const connectionFlags: readonly Flag[] = [
  { name: 'profile', value: 'NAME', description: 'Use this profile; it wins over KONFIG_ variables' },
  { name: 'url', value: 'URL', description: 'Address of the server' },
  { name: 'timeout', value: 'SECONDS', description: 'Give up after so long without an answer (30)' },
  { name: 'verbose', description: 'Print each request to standard error' },
]

export const outputFlags: readonly Flag[] = [
  { name: 'json', description: 'Print JSON, and nothing else, to standard output' },
  {
    name: 'output',
    short: 'o',
    value: 'FORMAT',
    choices: ['table', 'json', 'yaml'],
    description: 'Form of the output',
  },
  { name: 'color', value: 'WHEN', choices: ['auto', 'always', 'never'], description: 'Colours (auto)' },
]

/** Every command takes these. */
export const commonFlags: readonly Flag[] = [...connectionFlags, ...outputFlags]

export const environmentFlag: Flag = {
  name: 'environment',
  short: 'e',
  value: 'NAME',
  description: 'Environment (KONFIG_ENVIRONMENT)',
}
export const namespaceFlag: Flag = {
  name: 'namespace',
  short: 'n',
  value: 'NAME',
  description: 'Namespace (KONFIG_NAMESPACE)',
}
export const atFlag: Flag = {
  name: 'at',
  value: 'MOMENT',
  description: 'As it was: a revision, a point such as 812-450, or a time (RFC 3339)',
}
export const limitFlag: Flag = { name: 'limit', value: 'N', description: 'At most so many; 0 means all (100)' }

export const yesFlag: Flag = { name: 'yes', short: 'y', description: 'Do not ask' }

export const writeFlags: readonly Flag[] = [
  { name: 'dry-run', description: 'Show what would change; change nothing' },
  { name: 'message', short: 'm', value: 'TEXT', description: 'Why, for the history' },
  yesFlag,
]
