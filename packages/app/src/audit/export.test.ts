// The audit as csv and syslog: what an entry says stays text.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../commit.ts'
import { inside, joined, openWorld, refusalOf, registered, type World } from '../identity/testing/world.ts'
import { csvHeader, csvLine } from './csv.ts'
import type { AuditEntry } from './entry.ts'
import { exportAudit } from './export.ts'
import { listAudit } from './list.ts'
import { syslogLine } from './syslog.ts'

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'c-1',
  time: '2026-01-01T00:00:00.000Z',
  log: 'config',
  revision: 7,
  type: 'change',
  actor: { id: 'user:u', name: 'kim@acme.example' },
  resource: null,
  resources: [{ kind: 'config', name: 'retries', namespace: 'billing', op: 'put' }],
  changes: 3,
  message: 'more retries',
  request: 'r-1',
  data: {},
  ...more,
})

/** Reads CSV as RFC 4180 says: a second opinion. */
const readCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]]
  const add = (cell: string): void => {
    rows.at(-1)?.push(cell)
  }
  let at = 0
  while (at < text.length) {
    if (text[at] === '"') {
      const match = /"((?:[^"]|"")*)"/y
      match.lastIndex = at
      const found = match.exec(text)
      if (found === null) throw new Error('a cell that does not end')
      add((found[1] ?? '').replaceAll('""', '"'))
      at = match.lastIndex
    } else {
      const match = /[^,\r\n]*/y
      match.lastIndex = at
      add(match.exec(text)?.[0] ?? '')
      at = match.lastIndex
    }
    if (text.startsWith('\r\n', at)) {
      at += 2
      if (at < text.length) rows.push([])
    } else if (text[at] === ',') {
      at += 1
      if (at === text.length) add('')
    } else throw new Error(`neither a comma nor the end of a line at ${at}`)
  }
  return rows
}

describe('csv', () => {
  it('has one line an entry, under its header', () => {
    const [header, row] = readCsv(csvHeader + csvLine(entry()))
    const cells = Object.fromEntries((header ?? []).map((name, index) => [name, row?.[index]]))
    expect(cells).toMatchObject({
      time: '2026-01-01T00:00:00.000Z',
      actorName: 'kim@acme.example',
      revision: '7',
      message: 'more retries',
      data: '',
    })
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=cmd|x', '＝1'])(
    'never begins a formula: %j',
    (message) => {
      const row = readCsv(csvLine(entry({ message })))[0] ?? []
      expect(row[10]).toBe(`'${message}`)
    },
  )

  it('gives back any text, in as many cells as there are columns', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (message, name) => {
        const rows = readCsv(csvLine(entry({ message, actor: { id: 'user:u', name } })))
        expect(rows).toHaveLength(1)
        expect(rows[0]).toHaveLength(13)
        expect([message, `'${message}`]).toContain(rows[0]?.[10])
        expect([name, `'${name}`]).toContain(rows[0]?.[6])
      }),
    )
  })
})

describe('syslog', () => {
  it('has a priority, a version, the time, our name, the type and what happened', () => {
    expect(syslogLine(entry())).toBe(
      '<110>1 2026-01-01T00:00:00.000Z - konfig - change [konfig@32473 id="c-1" log="config" revision="7" actor="user:u" actorName="kim@acme.example" resources="[{\\"kind\\":\\"config\\",\\"name\\":\\"retries\\",\\"namespace\\":\\"billing\\",\\"op\\":\\"put\\"}\\]" changes="3" request="r-1"] \ufeffchange by kim@acme.example: put config billing/retries and 2 more: more retries\n',
    )
  })

  it('ranks what somebody should look at', () => {
    expect(syslogLine(entry({ type: 'login_failed' }))).toMatch(/^<108>1 /)
    expect(syslogLine(entry({ type: 'rights_granted' }))).toMatch(/^<109>1 /)
  })

  it('keeps any text within its line and its field', () => {
    const shape =
      /^<\d{1,3}>1 \S+ - konfig - [!-~]{1,32} \[konfig@32473(?: [a-zA-Z]+="(?:[^"\\\]]|\\["\\\]])*")*\] \ufeff[^\n]*\n$/
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', maxLength: 60 }), (text, type) => {
        const line = syslogLine(entry({ message: text, type, resource: text, actor: { id: 'user:u', name: text } }))
        expect(line).toMatch(shape)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
      }),
    )
  })
})

describe('an export of the audit', () => {
  let world: World
  let owner: string
  beforeEach(async () => {
    world = await openWorld()
    owner = (await registered(world.app, 'acme')).accessToken
  })
  afterEach(() => world.close())

  it('is the list, page by page one file, filtered alike, and is noted once', async () => {
    const context = await inside(world.app, owner)
    for (const name of ['one', 'two', 'three'])
      await commit(context, () => ({
        ok: true,
        value: { intentions: [{ op: 'put', kind: 'namespace', name, body: {} }] },
      }))
    let text = ''
    let cursor: string | undefined
    do {
      const found = await exportAudit(context, { limit: 1, cursor, type: 'change' }, 'csv')
      text += found.text
      cursor = found.next ?? undefined
    } while (cursor !== undefined)
    const listed = (await listAudit(context, { type: 'change' })).items
    expect(readCsv(text).map(([time, id]) => `${time} ${id}`)).toEqual([
      'time id',
      ...listed.map(({ time, id }) => `${time} ${id}`),
    ])
    expect((await exportAudit(context, { type: 'change', actor: 'system' }, 'syslog')).text).toBe('')
    const exports = async () => (await listAudit(context, { type: 'export' })).items.map(({ resource }) => resource)
    await expect.poll(exports, { interval: 5 }).toEqual(['audit', 'audit'])
  })

  it('is refused to whoever may not read the audit', async () => {
    const editor = await inside(world.app, (await joined(world.app, owner, 'editor')).accessToken)
    expect(await refusalOf(exportAudit(editor, {}, 'csv'))).toBe('denied')
  })
})
