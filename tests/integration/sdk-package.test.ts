// The SDK as it is published: packed, installed outside the repository, imported by plain JavaScript and by a browser's page, its types read.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { management } from '@konfig/sdk'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildSdk } from '../../scripts/build-sdk.ts'
import { openWorld, type World } from '../harness/world.ts'

const bin = join(import.meta.dirname, '../../node_modules/.bin')
let folder: string
let built: string
let program: string
let world: World

/** The server of the test runs in this process, so nothing may hold it up. */
const run = async (command: string, args: readonly string[], cwd: string): Promise<string> => {
  const env = { PATH: process.env['PATH'], HOME: folder }
  return (await promisify(execFile)(command, args, { cwd, encoding: 'utf8', env })).stdout
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'konfig-sdk-package-'))
  built = join(folder, 'built')
  program = join(folder, 'program')
  await buildSdk(built)
  mkdirSync(program)
  await run('npm', ['pack', built, '--pack-destination', folder, '--silent'], folder)
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  writeFileSync(join(program, 'package.json'), '{"name":"program","private":true,"type":"module"}')
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', join(folder, tarball)], program)
  world = await openWorld({ corsOrigins: ['*'] })
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

it('holds one module, its types, a licence and a readme, and depends on nothing', () => {
  const installed = join(program, 'node_modules/@konfig/sdk')
  expect(readdirSync(installed).toSorted()).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json', 'types'])
  expect(readdirSync(join(program, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@konfig'])
  expect(readFileSync(join(installed, 'index.js'), 'utf8')).not.toMatch(/^\s*(import|export .* from)\s/m)
  expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
})

it('is imported by plain JavaScript outside the repository', async () => {
  writeFileSync(
    join(program, 'main.js'),
    `import { connect } from '@konfig/sdk'
const konfig = await connect({ url: ${JSON.stringify(world.url)}, apiKey: ${JSON.stringify(world.keys.reader)}, environment: 'production', application: 'shop' })
console.log(konfig.state, konfig.number('retries', 0), konfig.string('none', 'default'))
await konfig.close()
`,
  )
  expect(await run(join(bin, 'node'), ['--no-experimental-strip-types', 'main.js'], program)).toBe('ready 5 default\n')
})

it('is typed for programs of Node and of browsers', async () => {
  writeFileSync(
    join(program, 'typed.ts'),
    `import { connect, management, type Konfig } from '@konfig/sdk'
export const begin = async (): Promise<readonly [number, string | undefined, boolean | null]> => {
  const konfig: Konfig = await connect({ url: 'http://127.0.0.1', apiKey: 'k', on: { stale: ({ reason }) => reason satisfies string } })
  const { body } = await management({ url: 'http://127.0.0.1', token: 't' }).readNamespace({ path: { ns: 'billing' } })
  body.name satisfies string
  // @ts-expect-error a namespace is named
  void management({ url: 'http://127.0.0.1', token: 't' }).readNamespace({ path: {} })
  return [konfig.number('a', 1), konfig.string('b'), konfig.boolean('c', null)]
}
`,
  )
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--lib',
    'es2023,dom,esnext.disposable',
  ]
  expect(await run(join(bin, 'tsc'), [...options, '--types', '', 'typed.ts'], program)).toBe('')
})

it('runs in the page of a browser, from another origin, and follows a change', async () => {
  const page = `<!doctype html><meta charset="utf-8"><script type="module">
    import { connect } from '/index.js'
    const konfig = await connect({ url: ${JSON.stringify(world.url)}, apiKey: ${JSON.stringify(world.keys.reader)}, environment: 'production', namespaces: ['billing'], cache: 'known' })
    const show = () => { document.title = [konfig.state, konfig.get('greeting')].join(' ') }
    konfig.watch('greeting', show)
    show()
  </script>`
  const site = createServer((request, response) => {
    const module = request.url === '/index.js'
    response.writeHead(200, { 'content-type': module ? 'text/javascript' : 'text/html' })
    response.end(module ? readFileSync(join(built, 'index.js')) : page)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const tab = await browser.newPage()
    await tab.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
    await tab.waitForFunction("document.title === 'ready hello'")
    await management({ url: world.url, apiKey: world.keys.editor }).putNamespaceConfig({
      path: { ns: 'billing', key: 'greeting' },
      body: { value: 'hi' },
    })
    await tab.waitForFunction("document.title === 'ready hi'")
    await tab.waitForFunction(
      "JSON.parse(localStorage.getItem('known')?.split('\\n')[1] ?? '{}').values?.billing.greeting === 'hi'",
    )
    expect(await tab.title()).toBe('ready hi')
  } finally {
    await browser.close()
    site.closeAllConnections()
    await new Promise((resolve) => site.close(resolve))
  }
})
