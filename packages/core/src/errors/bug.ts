// The one place in core that throws: for what only a bug of ours can bring about, and for work that input may ask for without end.
import type { Code } from './codes.ts'
import { failure, KonfigError } from './failure.ts'

export const bug = (code: Code): never => {
  throw new KonfigError(failure(code))
}

/** Work that has grown beyond all measure stops here and now, whoever asked for it: a caller that had to look first could forget to. */
export const exhausted = (what: string, limit: string): never => {
  throw new KonfigError(failure('too_large', { what, limit }))
}
