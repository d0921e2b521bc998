// What a verb is: it either wants changes or reads an answer. And how all verbs read names and fields.
import type { Intention } from '../src/decide/intention.ts'
import type { Json } from '../src/values/json-value.ts'
import { type Command, valueOf } from './script.ts'
import type { Stage } from './stage.ts'

export type Verb =
  | { readonly writes: (command: Command, stage: Stage) => readonly Intention[] }
  | { readonly reads: (command: Command, stage: Stage) => readonly string[] }

/** `billing/timeout`; a key may hold anything but a slash. */
export const keyOf = (word: string | undefined): { readonly namespace: string; readonly name: string } => {
  const at = word?.indexOf('/') ?? -1
  if (word === undefined || at < 0) throw new Error(`expected namespace/key, not ${word}`)
  return { namespace: word.slice(0, at), name: word.slice(at + 1) }
}

const field = /^([a-z][A-Za-z]*)=(.*)$/

/** Words like `min=1`, and the others in their order. */
export const fieldsIn = (
  words: readonly string[],
): { readonly fields: { readonly [name: string]: Json }; readonly rest: readonly string[] } => {
  const fields: { [name: string]: Json } = {}
  const rest: string[] = []
  for (const word of words) {
    const match = field.exec(word)
    if (match === null) rest.push(word)
    else fields[match[1] as string] = valueOf(match[2] as string)
  }
  return { fields, rest }
}

export const textOfField = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
