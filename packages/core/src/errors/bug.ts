// The one place in core that throws: for what only a bug of ours can bring about, never for input.
import type { Code } from './codes.ts'
import { failure, KonfigError } from './failure.ts'

export const bug = (code: Code): never => {
  throw new KonfigError(failure(code))
}
