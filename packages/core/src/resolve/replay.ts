// Tells the value again from its explanation alone: what proves an explanation whole. Knows nothing of states or rules.
import { type Json, objectOf } from '../values/json-value.ts'
import type { Explanation } from './explain.ts'

type Draft = Map<string, Draft | { readonly leaf: Json }>

const placeAt = (draft: Draft, path: readonly string[], leaf: Json): void => {
  const [step, ...rest] = path
  if (step === undefined) return
  if (rest.length === 0) {
    draft.set(step, { leaf })
    return
  }
  let next = draft.get(step)
  if (!(next instanceof Map)) {
    next = new Map()
    draft.set(step, next)
  }
  placeAt(next, rest, leaf)
}

const built = (draft: Draft): Json =>
  objectOf([...draft].map(([name, part]) => [name, part instanceof Map ? built(part) : part.leaf] as const))

const pathOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The value that an explanation tells; undefined where nothing won. */
export const replay = ({ combine, leaves }: Explanation): Json | undefined => {
  const won = leaves.flatMap(({ pointer, winner }) =>
    winner?.value === undefined ? [] : [{ pointer, value: winner.value }],
  )
  const whole = won.find(({ pointer }) => pointer === '')
  if (whole !== undefined || won.length === 0) return whole?.value
  if (combine === 'append') return won.map(({ value }) => value)
  const draft: Draft = new Map()
  for (const { pointer, value } of won) placeAt(draft, pathOf(pointer), value)
  return built(draft)
}
