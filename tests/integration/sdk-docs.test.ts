// The page on the SDK is true: each program runs as it is printed, on the sample that `make run` starts, and prints what stands below it.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Child, startServer } from '../harness/child.ts'

const root = join(import.meta.dirname, '../..')
const page = 'docs/how-to-use-the-sdk.md'

interface Program {
  readonly at: string
  readonly text: string
  readonly prints: string
}

const programs = (): readonly Program[] => {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```js\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```$)?/gm)].map(
    ({ index, 1: program = '', 2: prints = '' }) => ({
      at: `${page}:${text.slice(0, index).split('\n').length + 1}`,
      text: program,
      prints,
    }),
  )
}

let folder: string
let server: Child
let variables: { readonly url: string; readonly apiKey: string; readonly editorKey: string }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'konfig-sdk-docs-'))
  server = startServer({ KONFIG_DATA: join(folder, 'data'), KONFIG_PORT: '0' })
  const [, url = ''] = await server.waitFor(/"url":"([^"]+)"/)
  variables = { ...(JSON.parse(readFileSync(join(folder, 'data/first-run.json'), 'utf8')) as typeof variables), url }
  mkdirSync(join(folder, 'node_modules/@konfig'), { recursive: true })
  symlinkSync(join(root, 'packages/sdk'), join(folder, 'node_modules/@konfig/sdk'))
})
afterAll(async () => {
  server.kill('SIGKILL')
  await server.ended
  rmSync(folder, { recursive: true, force: true })
})

const run = async (
  text: string,
): Promise<{ readonly status: number | null; readonly output: string; readonly errors: string }> => {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, text.replaceAll('http://127.0.0.1:8080', variables.url))
  const child = spawn(process.execPath, [file], {
    cwd: folder,
    env: { PATH: process.env['PATH'], KONFIG_API_KEY: variables.apiKey, KONFIG_EDITOR_KEY: variables.editorKey },
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { status, output, errors }
}

it('there are programs on the page', () => {
  expect(programs().length).toBeGreaterThan(3)
})

it.each(programs())('$at runs, ends by itself, and prints what is said', async ({ text, prints }) => {
  const ran = await run(text)
  expect(ran).toEqual({ status: 0, output: prints, errors: '' })
})
