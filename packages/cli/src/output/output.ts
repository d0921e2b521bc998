// What a command answers: as a table for people, as JSON or YAML for programs. Owns the choice; the forms are its neighbours'.
import { usage } from '../problem/problem.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Paint, paintOf } from './paint.ts'
import { type Column, table } from './table.ts'

/** What is printed in these is JSON. */
const jsonForms: readonly string[] = ['json', 'consul', 'etcd']

export type Format = 'table' | 'json' | 'yaml'

export interface Output {
  readonly format: Format
  /** For standard output. */
  readonly paint: Paint
  /** For standard error. */
  readonly notePaint: Paint
  /** The answer itself: as people see it, or whole for programs. */
  readonly show: (value: unknown, people: (paint: Paint) => string) => Promise<void>
  /** The same for a list. */
  readonly list: <Row>(value: unknown, columns: readonly Column<Row>[], rows: readonly Row[]) => Promise<void>
  /** What was done, for people only: with JSON nothing is said. */
  readonly say: (text: string) => void
}

export type When = 'auto' | 'always' | 'never'

/** `--json` promises JSON and nothing else: a document in another form cannot be asked for beside it. */
export const checkForm = (format: string | undefined, { format: form }: Pick<Output, 'format'>): void => {
  if (form === 'json' && format !== undefined && !jsonForms.includes(format))
    usage(`--format ${format} and JSON contradict each other.`, 'Leave --json out; the document itself is printed.')
}

const coloursOn = (when: When, isTerminal: boolean, env: { readonly [name: string]: string | undefined }): boolean => {
  if (when !== 'auto') return when === 'always'
  return isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)

export const openOutput = (
  terminal: Terminal,
  format: Format,
  when: When,
  env: { readonly [name: string]: string | undefined },
): Output => {
  const paint = paintOf(coloursOn(when, terminal.outIsTerminal, env))
  const notePaint = paintOf(coloursOn(when, terminal.errorIsTerminal, env))
  const show: Output['show'] = async (value, people) => {
    if (format === 'json')
      terminal.write(`${JSON.stringify(value ?? null, null, terminal.outIsTerminal ? 2 : undefined)}\n`)
    else if (format === 'yaml') {
      const { writeYaml } = await import('./yaml.ts')
      terminal.write(writeYaml(value))
    } else terminal.write(ended(people(paint)))
  }
  return {
    format,
    paint,
    notePaint,
    show,
    list: (value, columns, rows) =>
      show(value, () => (rows.length === 0 ? '' : table(columns, rows, paint, terminal.columns()))),
    say: (text) => {
      if (format === 'table') terminal.note(text)
    },
  }
}
