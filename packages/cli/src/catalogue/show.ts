// Answers of generated verbs for people: items as a table, one thing as a card. Which columns there are, the catalogue says.
import type { Answer } from '../http/client.ts'
import { card, cell, type Column } from '../output/table.ts'
import { sourceText } from '../values/target.ts'
import type { Deps } from '../verb.ts'
import type { Page } from './pages.ts'
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

/** A column that no row fills is left out. */
const columnsOf = (names: readonly string[], rows: readonly Row[]): readonly Column<Row>[] =>
  names
    .filter((name) => rows.some((row) => cell(row[name]) !== ''))
    .map((name) => ({ title: spaced(name), of: (row) => shortened(row[name]) }))

export const showItems = async (
  entry: CatalogueEntry,
  page: Page,
  { output }: Pick<Deps, 'output'>,
  whole: unknown = page,
): Promise<void> => {
  const rows = page.items.map((item) => (isObject(item) ? item : { item }))
  const names = entry.columns ?? Object.keys(rows[0] ?? {})
  await output.list(whole, columnsOf(names, rows), rows)
  if (rows.length === 0) output.say('None.')
  else if (page.next !== null) output.say(`… and more: add --limit 0 for all.`)
}

export const showAnswer = async (entry: CatalogueEntry, { body, text, status }: Answer, deps: Deps): Promise<void> => {
  const { output, terminal } = deps
  if (status === 204 || (body === null && text === 'null')) return
  if (body === undefined) {
    terminal.write(text)
    return
  }
  const items = isObject(body) ? body['items'] : body
  if (Array.isArray(items)) return showItems(entry, { items, next: null }, deps, body)
  await output.show(body, (paint) =>
    isObject(body)
      ? card(
          Object.entries(body).map(([name, value]) => [spaced(name), value] as const),
          paint,
        )
      : JSON.stringify(body),
  )
}
