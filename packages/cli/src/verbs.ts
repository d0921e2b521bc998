// Every hand-made verb: its words, a line on it, and how to load it. One file each, loaded when it is called; the generated
// ones are in catalogue.generated.json. Help, completion and the reference are made from both.
import type { Verb } from './verb.ts'

export interface Entry {
  readonly words: readonly string[]
  /** Other names for the whole of `words`. */
  readonly aliases?: readonly (readonly string[])[]
  readonly summary: string
  readonly group: Group
  readonly load: () => Promise<Verb<unknown>>
}

export const groups = ['Values', 'History', 'Files', 'Start here', 'Programs', 'Resources'] as const
export type Group = (typeof groups)[number]

export const entries: readonly Entry[] = [
  {
    words: ['get'],
    summary: 'Read the value of a key',
    group: 'Values',
    load: async () => (await import('./values/get.ts')).get,
  },
]
