import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paintOf } from './paint.ts'
import { plain } from './plain.ts'
import { cell, cut, table, valueCell, widthOf } from './table.ts'

const columns = [
  { title: 'name', of: (row: readonly unknown[]) => row[0] },
  { title: 'value', of: (row: readonly unknown[]) => row[1] },
]
const rows = [
  ['a', 'short'],
  ['much-longer', 'x'.repeat(80)],
]

describe('a table', () => {
  it('aligns its columns and pads no line at its end', () => {
    expect(
      table(
        columns,
        [
          ['a', 1],
          ['bcd', 'x'],
        ],
        paintOf(false),
        undefined,
      ),
    ).toBe('NAME  VALUE\na     1\nbcd   x')
  })

  it('never is wider than the terminal, and is whole where there is none', () => {
    for (const line of table(columns, rows, paintOf(false), 40).split('\n'))
      expect(widthOf(line)).toBeLessThanOrEqual(40)
    expect(table(columns, rows, paintOf(false), undefined)).toContain('x'.repeat(80))
  })

  it('cuts to the width, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('counts two cells for wide characters', () => {
    expect([widthOf('abc'), widthOf('日本'), widthOf('e\u0301')]).toEqual([3, 4, 1])
  })
})

describe('the value of a key', () => {
  it('is told apart from every other, whatever its type', () => {
    const values = [null, [], {}, '', ['a', 'b'], ['a, b'], 'a, b', 0, false]
    expect(values.map(valueCell)).toEqual(['null', '[]', '{}', '""', '["a","b"]', '["a, b"]', 'a, b', '0', 'false'])
    expect(valueCell(undefined)).toBe('')
  })
})

describe('what a server sends', () => {
  it('cannot steer the terminal', () => {
    expect(cell('red\u001b[31m\r\nline\u202e')).toBe('red\\e[31m\\r\\nline\\u202e')
    const text = fc
      .array(fc.integer({ min: 0, max: 0x2fff }), { maxLength: 20 })
      .map((codes) => String.fromCharCode(...codes))
    fc.assert(
      fc.property(text, (sent) => {
        expect(plain(sent)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      }),
    )
  })
})
