// Parameters of the API that the server speaks of, as the flags that were or can be typed. The one place where its words become the command line's. Pure.
import { flagName } from '../catalogue/field.ts'

/** What sentences of the server name; keys and values of a tenant stand in them too, and stay as they are. */
const parameters = [
  'onConflict',
  'cascade',
  'confirm',
  'dryRun',
  'entries',
  'environment',
  'explain',
  'format',
  'fromEnvironment',
  'ifRevision',
  'leaveUnreached',
  'namespace',
  'prefix',
  'profileAs',
  'profiles',
  'toEnvironment',
].join('|')

/** `onConflict=skip`, `?cascade=true`, and those names that no word of a sentence is. */
const named = new RegExp(`\\?(${parameters})=([\\w-]*)|(?<![\\w.=/-])(${parameters})=([\\w-]+)`, 'g')
const alone = /(?<![\w.=/-])(onConflict|dryRun|profileAs|fromEnvironment|toEnvironment)(?![\w.=/-])/g

/** Where a request of a hand-made verb went wrong: what stands in its query was typed as a flag. */
const inQuery = /(?<![\w/])\/query\/(\w+)/g

const flag = (name: string, value: string): string =>
  `--${flagName(name)}${value === '' || value === 'true' ? '' : ` ${value}`}`

export const asFlags = (text: string): string =>
  text
    .replace(named, (_, asked?: string, value = '', bare?: string, other = '') =>
      asked === undefined ? flag(bare ?? '', other) : flag(asked, value),
    )
    .replace(inQuery, (_, name: string) => flag(name, ''))
    .replace(alone, (name: string) => flag(name, ''))
