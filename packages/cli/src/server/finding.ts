// What `konfig doctor` finds: the shape of one line of its answer.
import type { Outcome } from '../exit.ts'

export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped'
  readonly detail: string
  readonly next?: string
  readonly outcome?: Outcome
}
