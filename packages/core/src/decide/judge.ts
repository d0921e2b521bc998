// Judges values by the state that a commit leaves: what the commit would make inert in any environment is refused by name.
import type { Failure } from '../errors/failure.ts'
import type { Surroundings } from '../kinds/kind.ts'
import type { Change } from '../log/commit.ts'

export interface Judgement {
  readonly change: Change
  readonly failure: Failure
}

export const judge = (_changes: readonly Change[], _around: Surroundings): readonly Judgement[] => []
