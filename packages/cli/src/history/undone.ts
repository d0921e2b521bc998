// What revert and restore answer, told to people: what went back, and what stayed as it is and why.
import { counted } from '../output/counted.ts'
import type { Paint } from '../output/paint.ts'
import { plain } from '../output/plain.ts'
import type { Deps } from '../verb.ts'

interface Named {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly environment?: string
}

export interface Undone {
  readonly revision: number
  readonly applied: readonly (Named & { readonly op: string })[]
  readonly skipped: readonly (Named & { readonly detail: string })[]
}

export const nameText = ({ kind, name, namespace, environment }: Named): string =>
  plain(
    `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${environment === undefined ? '' : ` in ${environment}`}`,
  )

const lines = ({ applied, skipped }: Undone, paint: Paint): readonly string[] => [
  ...applied.map((each) => `  ${each.op === 'delete' ? paint.red('-') : paint.green('~')} ${nameText(each)}`),
  ...skipped.map((each) => `  ${paint.yellow('!')} ${nameText(each)}: left as it is. ${plain(each.detail)}`),
]

export const showUndone = async (body: unknown, dryRun: boolean, { output }: Deps): Promise<void> => {
  const undone = body as Undone
  await output.show(body, (paint) => lines(undone, paint).join('\n'))
  const count = undone.applied.length
  output.say(
    count === 0
      ? 'Nothing had to change.'
      : `${output.notePaint.green('✓')} ${counted(count, 'resource')} ${dryRun ? 'would go' : 'went'} back${dryRun ? '' : `; commit ${undone.revision}`}`,
  )
}
