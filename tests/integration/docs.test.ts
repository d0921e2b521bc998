// The pages that people follow are true: each block runs as it is printed, on the sample that `make run` starts, and answers what stands below it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codes } from '@konfig/core'
import { type Child, startServer } from '../harness/child.ts'
import { ask } from '../harness/client.ts'
import { lastJson, openTerminal, openThirdTerminal, standIn, stepsOf, type Terminal } from '../harness/documents.ts'
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

const pages = [
  'README.md',
  'docs/tutorial.md',
  'docs/first-steps.md',
  'docs/how-to-operate.md',
  'docs/how-to-follow.md',
  'docs/how-to-import.md',
  'docs/how-to-keep-configuration-in-git.md',
  'docs/how-to-audit.md',
  'docs/how-to-move-a-tenant.md',
]
/** What a server needs to be as the page begins. */
const options = (page: string, folder: string): Readonly<Record<`KONFIG_${string}`, string>> =>
  page === 'docs/how-to-move-a-tenant.md' ? { KONFIG_JOURNALS: `eu=sqlite:${join(folder, 'eu.db')}` } : {}

describe.each(pages)('%s', (page) => {
  let folder = ''
  let url = ''
  let third: Terminal | undefined
  const children: Child[] = []
  const start = async (data: string): Promise<string> => {
    const child = startServer({ ...options(page, folder), KONFIG_DATA: join(folder, data), KONFIG_PORT: '0' })
    children.push(child)
    await child.waitFor(listening)
    return (/"url":"([^"]+)"/.exec(child.output()) ?? [])[1] ?? ''
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'konfig-docs-'))
    url = await start('data')
  })
  afterAll(async () => {
    await third?.close()
    for (const child of children) {
      child.kill('SIGTERM')
      await child.ended
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it('says only what runs, and what it answers', async () => {
    const steps = stepsOf(page)
    expect(steps.length).toBeGreaterThan(0)
    const env = { ...standIn(folder), ...options(page, folder), KONFIG_URL: url }
    const terminal = openTerminal(folder, env)
    third = openThirdTerminal(folder, env)
    for (const { at, script, answer, goesOn, prints } of steps) {
      const text = script.replaceAll('http://127.0.0.1:8080', url)
      if (goesOn) {
        third.run(text)
        await third.prints(prints ?? '')
        continue
      }
      const lines = text.split('\n')
      const ran = terminal(lines.filter((line) => !line.startsWith('make run')).join('\n'))
      // The command line says what it did on standard error.
      const errors = ran.errors.replaceAll(/^(?:✓|  |Next:|Types ).*\n/gm, '')
      expect({ at, ...ran, errors }).toMatchObject({ at, status: 0, errors: '' })
      const answered = answer === undefined ? undefined : lastJson(ran.output)
      expect({ at, answer: answered }).toEqual({ at, answer: shown(answer) })
      if (prints !== undefined) await third.prints(prints)
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
  const all = ['.', 'docs', 'docs/adr', 'docs/reference'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  )
  it('lead to what is there', () => {
    const broken = all.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    )
    expect(broken).toEqual([])
  })
})
