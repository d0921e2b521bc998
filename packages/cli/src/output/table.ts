// Rows as aligned columns, cut to the width of the terminal where there is one. Pure; knows no kind.
import type { Paint } from './paint.ts'
import { plain } from './plain.ts'

export interface Column<Row> {
  readonly title: string
  readonly of: (row: Row) => unknown
}

const zero = /[\p{Mn}\p{Me}\p{Cf}]/u
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const ascii = /^[\u0020-\u007e]*$/

/** Cells of a terminal that a text takes. */
export const widthOf = (text: string): number => {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const character of text) width += zero.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

export const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text
  let kept = ''
  let taken = 0
  for (const character of text) {
    taken += widthOf(character)
    if (taken > width - 1) break
    kept += character
  }
  return `${kept}…`
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** A value in one cell: text as it is, anything else as JSON, nothing as nothing. */
export const cell = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return plain(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return plain(value.join(', '))
  return plain(JSON.stringify(value))
}

/** The value of a key in one cell: text bare where there is any, all else as JSON, so that `[]`, null and empty text are told apart. */
export const valueCell = (value: unknown): string => {
  if (value === undefined) return ''
  return plain(typeof value === 'string' && value !== '' ? value : JSON.stringify(value))
}

const gap = 2
const narrowest = 8

/** The widest columns give way first, until the row fits; the last column needs no padding. */
const fit = (widths: readonly number[], columns: number): readonly number[] => {
  const fitted = [...widths]
  const over = (): number => fitted.reduce((sum, width) => sum + width, 0) + gap * (fitted.length - 1) - columns
  for (let excess = over(); excess > 0; excess = over()) {
    const widest = fitted.indexOf(Math.max(...fitted))
    const width = fitted[widest] ?? 0
    if (width <= narrowest) break
    const second = Math.max(narrowest, ...fitted.filter((_, index) => index !== widest))
    fitted[widest] = Math.max(narrowest, width - excess, Math.min(second, width - 1))
  }
  return fitted
}

/** `width` undefined: as wide as the rows are, for pipes. */
export const table = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paint: Paint,
  width: number | undefined,
): string => {
  const cells = rows.map((row) => columns.map((column) => cell(column.of(row))))
  const titles = columns.map(({ title }) => title.toUpperCase())
  const natural = titles.map((title, index) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[index] ?? '')), widthOf(title)),
  )
  const widths = width === undefined ? natural : fit(natural, width)
  const line = (row: readonly string[]): string =>
    row
      .map((text, index) => pad(width === undefined ? text : cut(text, widths[index] ?? 0), widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd()
  return [paint.dim(line(titles)), ...cells.map(line)].join('\n')
}

/** One thing as `name  value` lines. */
export const card = (fields: readonly (readonly [name: string, value: unknown])[], paint: Paint): string => {
  const shown = fields.filter(([, value]) => value !== undefined && value !== null && value !== '')
  const width = shown.reduce((most, [name]) => Math.max(most, name.length), 0)
  return shown.map(([name, value]) => `${paint.dim(pad(name, width))}  ${cell(value)}`).join('\n')
}
