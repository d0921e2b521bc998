import { describe, expect, it } from 'vitest'
import { factsOfRequest, openAccessLog } from './access.ts'

const opened = (enabled = true) => {
  const written: string[] = []
  return {
    written,
    log: openAccessLog(
      (lines) => written.push(lines),
      enabled,
      () => 5,
    ),
  }
}
const fieldsOf = (lines: string): readonly unknown[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

describe('the access log', () => {
  it('writes one line of JSON for each request, in their order', () => {
    const { log, written } = opened()
    log.plain('a', factsOfRequest('GET', '/one', '/{one}', 200), 0.001_234, 7)
    log.plain('b', factsOfRequest('GET', '/two', '/{two}', 304), 12.5, 7)
    log.line('c', 'POST', '/three', 'none', 404, 0)
    log.flush()
    const rest = { level: 'info', msg: 'request' }
    expect(fieldsOf(written.join(''))).toEqual([
      { ...rest, time: 7, requestId: 'a', method: 'GET', path: '/one', route: '/{one}', status: 200, ms: 1.23 },
      { ...rest, time: 7, requestId: 'b', method: 'GET', path: '/two', route: '/{two}', status: 304, ms: 12_500 },
      { ...rest, time: 5, requestId: 'c', method: 'POST', path: '/three', route: 'none', status: 404, ms: 0 },
    ])
  })

  it('keeps a path from breaking out of its line, whatever is in it', () => {
    const { log, written } = opened()
    const path = `/"}\n{"level":"error\u2028${'\u00fc\u{1f600}'.repeat(600)}`
    log.line('a', 'G"T', path, 'none', 400, 0)
    log.flush()
    expect(fieldsOf(written.join(''))).toMatchObject([{ path: path.slice(0, 1024), method: 'OTHER' }])
  })

  it('loses no line and cuts none when more come than it keeps waiting', () => {
    const { log, written } = opened()
    const ids = Array.from({ length: 2000 }, (_, index) => `id${index}`)
    for (const id of ids) log.plain(id, factsOfRequest('GET', `/${'x'.repeat(100)}`, 'none', 200), 0, 1)
    log.flush()
    expect(written.length).toBeGreaterThan(1)
    expect(written.every((lines) => lines.endsWith('\n'))).toBe(true)
    expect(fieldsOf(written.join(''))).toMatchObject(ids.map((requestId) => ({ requestId })))
  })

  it('writes nothing where it is off', () => {
    const { log, written } = opened(false)
    log.line('a', 'GET', '/', 'none', 200, 0)
    log.flush()
    expect(written).toEqual([])
  })
})
