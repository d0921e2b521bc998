// Answers of generated verbs for people: items as a table, one thing as a card. Which columns there are, the catalogue says.
import type { Answer } from '../http/client.ts'
import type { ActorSide } from '../history/actors.ts'
import type { Paint } from '../output/paint.ts'
import { card, cell, type Column, table, valueCell } from '../output/table.ts'
import { sourceText } from '../values/target.ts'
import type { Deps } from '../verb.ts'
import type { Page } from './pages.ts'
import { nameFirst, withPeople } from './people.ts'
import type { CatalogueEntry } from './shape.ts'

type Row = { readonly [name: string]: unknown }

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where a value comes from is told by its layer; who it was by a name, where there is one. */
const shortened = (value: unknown): unknown => {
  if (!isObject(value)) return value
  if (typeof value['layer'] === 'string')
    return sourceText(value as { readonly layer: string; readonly environment?: string })
  const onlyNamed = Object.keys(value).every((name) => name === 'id' || name === 'name')
  return onlyNamed ? (value['name'] ?? value['id'] ?? value) : value
}

const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What stands under a name, for one cell or one line. */
const shownOf = (name: string, value: unknown): unknown => (name === 'value' ? valueCell(value) : shortened(value))

/** A column that no row fills is left out. */
const columnsOf = (names: readonly string[], rows: readonly Row[]): readonly Column<Row>[] =>
  names
    .filter((name) => rows.some((row) => cell(shownOf(name, row[name])) !== ''))
    .map((name) => ({ title: spaced(name), of: (row) => shownOf(name, row[name]) }))

const namesIn = (rows: readonly Row[]): readonly string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))]

const sideOf = ({ path }: CatalogueEntry): ActorSide => (path.startsWith('/platform/') ? 'platform' : 'tenant')

const itemsOf = (body: unknown): readonly unknown[] | undefined => {
  const items = isObject(body) ? body['items'] : body
  return Array.isArray(items) ? items : undefined
}

const rowOf = (item: unknown): Row => (isObject(item) ? nameFirst(item) : { item })

const showItems = async (
  entry: CatalogueEntry,
  items: readonly unknown[],
  whole: unknown,
  { output }: Pick<Deps, 'output'>,
): Promise<void> => {
  const rows = items.map(rowOf)
  const names = entry.columns ?? Object.keys(rows[0] ?? {})
  await output.list(whole, columnsOf(names, rows), rows)
  if (rows.length === 0) output.say('None.')
}

export const showPage = async (
  entry: CatalogueEntry,
  found: Page,
  deps: Pick<Deps, 'output' | 'client'>,
): Promise<void> => {
  const page = await withPeople(found, sideOf(entry), deps)
  await showItems(entry, page.items, page, deps)
  if (page.items.length > 0 && page.next !== null) deps.output.say(`… and more: add --limit 0 for all.`)
}

const isTable = (value: unknown): value is readonly Row[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject)

/** What is itself a list stands below, as a table of its own. */
const cardOf = (body: Row, paint: Paint, width: number | undefined): string => {
  const fields = Object.entries(nameFirst(body)).map(([name, value]) => [spaced(name), value] as const)
  const tables = fields.flatMap(([name, value]) =>
    isTable(value) ? [`\n${paint.bold(name)}\n${table(columnsOf(namesIn(value), value), value, paint, width)}`] : [],
  )
  return [
    card(
      fields
        .filter(([, value]) => !isTable(value))
        .map(([name, value]) => [name, name === 'value' ? valueCell(value) : value]),
      paint,
    ),
    ...tables,
  ].join('\n')
}

export const showAnswer = async (entry: CatalogueEntry, { body, text, status }: Answer, deps: Deps): Promise<void> => {
  const { output, terminal } = deps
  if (status === 204 || (body === null && text === 'null')) return
  if (body === undefined) {
    terminal.write(text)
    return
  }
  const answer = await withPeople(body, sideOf(entry), deps)
  const items = itemsOf(answer)
  if (items !== undefined) return showItems(entry, items, answer, deps)
  await output.show(answer, (paint) =>
    isObject(answer) ? cardOf(answer, paint, terminal.columns()) : JSON.stringify(answer),
  )
}
