// A plan as people read it: resources that are made, changed and deleted, what others did since, and the values that come of it.
import { counted } from '../output/counted.ts'
import { type Paint, paintOf } from '../output/paint.ts'
import { plain } from '../output/plain.ts'
import { cell, valueCell } from '../output/table.ts'
import { nameText } from '../history/undone.ts'
import { changeLines } from '../write/change-lines.ts'
import { ownLabels } from './directory-label.ts'
import type { Plan, PlannedChange } from './plan.ts'
import type { PreviewedChange, PreviewedValue } from './preview.ts'

const marks = { create: '+', update: '~', delete: '-', none: ' ' } as const

const painted = (op: keyof typeof marks, paint: Paint): string =>
  op === 'create' ? paint.green('+') : op === 'delete' ? paint.red('-') : paint.yellow(marks[op])

const lastText = ({ last }: PreviewedChange): string =>
  last === null ? 'by somebody else' : `${last.deleted ? 'deleted' : 'changed'} by ${plain(last.by)} at ${last.at}`

/** People's own labels that come, go or change. */
const labelLines = ({ op, labels, labelsAfter }: PlannedChange, paint: Paint): readonly string[] => {
  if (op === 'delete') return []
  const before = ownLabels(op === 'create' ? {} : (labels ?? {}))
  const names = [...new Set([...Object.keys(before), ...Object.keys(labelsAfter)])]
  return names.flatMap((name) => {
    const [was, is] = [before[name], labelsAfter[name]]
    if (was === is) return []
    return [
      ...(was === undefined ? [] : [paint.red(`  - label ${cell(name)}: ${cell(was)}`)]),
      ...(is === undefined ? [] : [paint.green(`  + label ${cell(name)}: ${cell(is)}`)]),
    ]
  })
}

const noPaint = paintOf(false)

/** Nothing but labels, the directory's or people's own. */
const labelsAlone = (change: PlannedChange): boolean =>
  change.op === 'update' &&
  (change.isAdopted ||
    (changeLines(change.before, change.after, noPaint).length === 0 && labelLines(change, noPaint).length > 0))

const resourceLines = (change: PlannedChange, paint: Paint): readonly string[] => {
  const { op, before, after, isDrifted } = change
  return [
    `${painted(op, paint)} ${paint.bold(nameText(change))}`,
    ...(isDrifted ? [paint.yellow(`  ! ${lastText(change)}, after it was last applied`)] : []),
    ...(op === 'delete'
      ? []
      : [...changeLines(before, after, paint), ...labelLines(change, paint)].map((line) => `  ${line}`)),
  ]
}

const adoptedLine = (changes: readonly PlannedChange[], paint: Paint): readonly string[] => {
  const count = changes.filter(({ isAdopted }) => isAdopted).length
  if (count === 0) return []
  return [
    paint.dim(
      `${counted(count, 'resource is', 'resources are')} as the files say already, and from now on this directory's.`,
    ),
  ]
}

const valueText = (value: unknown, isThere: boolean, paint: Paint): string =>
  isThere ? valueCell(value) : paint.dim('none')

export const valueLines = (values: readonly PreviewedValue[], paint: Paint): readonly string[] => {
  const lines: string[] = []
  let above = ''
  for (const { namespace, key, environment, op, before, after } of values) {
    const title = plain(`${namespace}/${key}`)
    if (title !== above) lines.push(`  ${paint.bold(title)}`)
    above = title
    lines.push(
      `    ${environment}: ${valueText(before, op !== 'create', paint)} → ${valueText(after, op !== 'delete', paint)}`,
    )
  }
  return lines
}

const mostLines = 200

const atMost = (lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length <= mostLines
    ? lines
    : [
        ...lines.slice(0, mostLines),
        paint.dim(`  … and ${counted(lines.length - mostLines, 'line')} more; --json has all`),
      ]

/** The values that come out different, or that none do. */
export const effectLines = (
  { values, more, hidden }: Pick<Plan, 'values' | 'more' | 'hidden'>,
  paint: Paint,
): readonly string[] => [
  values.length === 0 && hidden === 0 ? 'No value changes in any environment.' : 'Values that change:',
  ...atMost(valueLines(values, paint), paint),
  ...(more ? [paint.dim('  … and more')] : []),
  ...(hidden > 0 ? [paint.dim(`  and ${hidden} that you may not read`)] : []),
]

const countText = (changes: readonly PlannedChange[], unchanged: number): string => {
  const of = (op: string): number => changes.filter((change) => change.op === op && !labelsAlone(change)).length
  const labelled = changes.filter(labelsAlone).length
  return [
    `${of('create')} to create`,
    `${of('update')} to change`,
    ...(labelled === 0 ? [] : [`${labelled} to label`]),
    `${of('delete')} to delete`,
    `${unchanged} as they are`,
  ].join(', ')
}

export const planLines = (plan: Plan, prune: boolean, paint: Paint): readonly string[] => {
  const { changes, unchanged, orphans } = plan
  const left =
    prune || orphans.length === 0
      ? []
      : [
          paint.dim(
            `${orphans.length} of the directory's ${orphans.length === 1 ? 'is no longer in it and stays; --prune deletes it' : 'are no longer in it and stay; --prune deletes them'}.`,
          ),
        ]
  if (changes.length === 0)
    return [`Nothing to do: ${counted(unchanged, 'resource is', 'resources are')} as the files say.`, ...left]
  return [
    ...atMost(
      changes.filter(({ isAdopted }) => !isAdopted).flatMap((change) => resourceLines(change, paint)),
      paint,
    ),
    ...adoptedLine(changes, paint),
    '',
    ...effectLines(plan, paint),
    '',
    `${countText(changes, unchanged)}.`,
    ...left,
  ]
}
