// One walk of a value against a schema: the work that is left, and what was found wrong.
import type { Json, JsonObject } from '../json-value.ts'
import { parsePattern } from '../pattern.ts'

/** Where in the value a walk is, as a list back to its root. */
export interface Place {
  readonly parent: Place | undefined
  readonly token: string | number
}

/** Lives for one walk and is the only thing here that changes. */
export interface Run {
  readonly root: Json
  /** Whether unevaluated keywords occur, so that what was seen has to be kept. */
  readonly tracking: boolean
  /** Steps left, about 100 ns each. */
  steps: number
  /** Characters left to match, each counted once per instruction of its pattern. */
  matching: number
  depth: number
  /** Above 0 a misfit is a finding, not a complaint. */
  quiet: number
  readonly complaints: { readonly place: Place; readonly rule: string }[]
}

export interface Here {
  readonly run: Run
  readonly schema: JsonObject
  readonly value: Json
  readonly place: Place
}

const mostComplaints = 10

export const exhausted = (run: Run): boolean => run.steps < 0 || run.matching < 0

/** Pays for work; false when there is none left. */
export const spend = (run: Run, steps: number): boolean => {
  run.steps -= steps
  return !exhausted(run)
}

/** Complains, and says that the value does not fit. */
export const tell = ({ run, place }: Here, rule: string): false => {
  if (run.quiet === 0 && run.complaints.length < mostComplaints) run.complaints.push({ place, rule })
  return false
}

/** Whether a pattern is found in a text; a text beyond what it is tested on does not match. */
export const testPattern = (run: Run, source: string, text: string): boolean => {
  const parsed = parsePattern(source, (steps) => spend(run, steps))
  if (!parsed.ok || text.length > parsed.pattern.longest) return false
  run.matching -= parsed.pattern.size * text.length
  return spend(run, 5) && parsed.pattern.test(text)
}

/** The text of an argument that `checkSchema` has seen to be text. */
export const textOf = (argument: Json): string => (typeof argument === 'string' ? argument : '')
