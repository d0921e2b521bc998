// The pages that people follow are true: each block runs as it is printed, on the sample that `make run` starts, and answers what stands below it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codes } from '@konfig/core'
import { type Child, startServer } from '../harness/child.ts'
import { ask } from '../harness/client.ts'
import { lastJson, openTerminal, stepsOf } from '../harness/documents.ts'
import { openWorld } from '../harness/world.ts'

const root = join(import.meta.dirname, '../..')
const listening = /"msg":"Listening"/

/** Fields that the page shows must be there; "…" is any text. */
const shown = (answer: unknown): unknown => {
  if (answer === '…') return expect.any(String)
  if (Array.isArray(answer)) return answer.map(shown)
  if (typeof answer !== 'object' || answer === null) return answer
  return expect.objectContaining(Object.fromEntries(Object.entries(answer).map(([name, each]) => [name, shown(each)])))
}

const refused = (output: string): boolean => /"type":"(\/docs\/problems#|https:\/\/iana)/.test(output)

describe.each(['README.md', 'docs/first-steps.md', 'docs/how-to-operate.md', 'docs/how-to-follow.md'])('%s', (page) => {
  let folder = ''
  let url = ''
  const children: Child[] = []
  const start = async (data: string): Promise<string> => {
    const child = startServer({ KONFIG_DATA: join(folder, data), KONFIG_PORT: '0' })
    children.push(child)
    await child.waitFor(listening)
    return (/"url":"([^"]+)"/.exec(child.output()) ?? [])[1] ?? ''
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'konfig-docs-'))
    url = await start('data')
  })
  afterAll(async () => {
    for (const child of children) {
      child.kill('SIGTERM')
      await child.ended
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it('says only what runs, and what it answers', async () => {
    const steps = stepsOf(page)
    expect(steps.length).toBeGreaterThan(0)
    const terminal = openTerminal(folder)
    for (const { at, script, answer } of steps) {
      const lines = script.replaceAll('http://127.0.0.1:8080', url).split('\n')
      const ran = terminal(lines.filter((line) => !line.startsWith('make run')).join('\n'))
      expect({ at, ...ran }).toMatchObject({ at, status: 0, errors: '' })
      const answered = answer === undefined ? undefined : lastJson(ran.output)
      expect({ at, answer: answered }).toEqual({ at, answer: shown(answer) })
      const toBe = typeof answer === 'object' && answer !== null && 'code' in answer
      expect({ at, output: ran.output, refused: refused(ran.output) }).toMatchObject({ at, refused: toBe })
      // `make run` does not come back: what it starts is started here, in the same folder.
      const other = lines.flatMap((line) => /^make run DATA=(\S+)/.exec(line)?.[1] ?? [])
      for (const data of other) expect((await fetch(`${await start(data)}/health`)).status).toBe(200)
    }
  })
})

describe('the type of a problem', () => {
  it('leads to a page that has the code as an anchor', async () => {
    const world = await openWorld({ docs: true })
    try {
      const { type, code } = (await ask(world, { method: 'GET', path: '/values' })).json as Record<string, string>
      expect(type).toBe(`/docs/problems#${code}`)
      const page = await ask(world, { method: 'GET', path: `/${type?.split('#', 1)[0]}` })
      expect(page.status).toBe(200)
      expect(page.headers.get('content-type')).toContain('text/html')
      for (const each of Object.keys(codes)) expect(page.text).toContain(`id="${each}"`)
    } finally {
      await world.close()
    }
  })
})

describe('links between the pages', () => {
  const pages = ['.', 'docs', 'docs/adr'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  )
  it('lead to what is there', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    )
    expect(broken).toEqual([])
  })
})
