// The version of this software, as its package says. Owns that one fact.
import { readFileSync } from 'node:fs'

const described = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}
export const version = described.version
