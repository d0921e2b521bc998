// How a file is refused: one sentence with the line, never the text that stood there. Knows no format.
import { type Failure, refuse, type Result } from '@konfig/core'

/** What makes a file unreadable; `line` counts from 1. */
export interface Refusal {
  /** Where several files are read at once. */
  readonly file?: string
  readonly line?: number
  readonly reason: string
}

const sentence = ({ file, line, reason }: Refusal): string => {
  const said = line === undefined ? reason : `line ${line} ${reason}`
  return file === undefined ? said : `${file}: ${said}`
}

const mostListed = 20

/** One failure for all refusals; each becomes one of its errors. */
export const refuseFile = (refusals: readonly Refusal[]): { readonly ok: false; readonly failure: Failure } => {
  const [first] = refusals
  const reason = first === undefined ? 'it cannot be read' : sentence(first)
  const errors = refusals
    .slice(0, mostListed)
    .map((refusal) => ({ code: 'import_invalid' as const, detail: `${sentence(refusal)}.` }))
  return refuse(
    'import_invalid',
    { reason: refusals.length > 1 ? `${reason}, and ${refusals.length - 1} more` : reason },
    errors,
  )
}

/** Carries a refusal out of a recursive reader to `reading`, the only place that catches it. */
class Unreadable extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

export const stop = (reason: string, line?: number): never => {
  throw new Unreadable(line === undefined ? { reason } : { reason, line })
}

/** Names the file in whatever a reader stops at. */
export const inFile = <T>(file: string | undefined, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (file === undefined || !(error instanceof Unreadable)) throw error
    throw new Unreadable({ file: file.slice(0, 100), ...error.refusal })
  }
}

/** Runs a reader; what it stops at becomes a refusal. A stack that overflows means nesting without end. */
export const reading = <T>(read: () => T): Result<T> => {
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (error instanceof Unreadable) return refuseFile([error.refusal])
    if (error instanceof RangeError) return refuseFile([{ reason: 'it is nested too deeply' }])
    throw error
  }
}
