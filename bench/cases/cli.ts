// What `konfig get` takes from its start to its answer, against what Node takes to start and do nothing.
// The package as npm installs it, with its compile cache filled, against a running server; both in turn, so that a busy moment meets both.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePackage } from '../../scripts/package.ts'
import { startServer } from '../../tests/harness/child.ts'
import { atMost, type Case } from '../figure.ts'
import { median } from '../load/processes.ts'

const pairs = 60
const warming = 5
const asked = ['get', 'vets-service/vets.cache.ttl']

const timed = (
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): { readonly millis: number; readonly output: string } => {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { env, encoding: 'utf8' })
  const millis = performance.now() - began
  if (status !== 0) throw new Error(stderr)
  return { millis, output: stdout }
}

export const cli: Case = async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-bench-cli-'))
  await makePackage(join(folder, 'package'))
  const bin = join(folder, 'package/bin/konfig.js')
  const server = startServer({ KONFIG_DATA: folder, KONFIG_PORT: '0' })
  try {
    await server.waitFor(/"msg":"Listening"/)
    const { url, apiKey } = JSON.parse(readFileSync(join(folder, 'first-run.json'), 'utf8')) as Record<string, string>
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
      KONFIG_URL: url,
      KONFIG_API_KEY: apiKey,
      KONFIG_ENVIRONMENT: 'production',
    }
    for (let turn = 0; turn < warming; turn++) timed([bin, ...asked], env)
    const ratios: number[] = []
    const times: number[] = []
    for (let turn = 0; turn < pairs; turn++) {
      const bare = timed(['-e', '0'], env)
      const got = timed([bin, ...asked], env)
      if (got.output !== '600\n') throw new Error(`konfig get printed ${JSON.stringify(got.output)}`)
      ratios.push(got.millis / bare.millis)
      times.push(got.millis)
    }
    say(`konfig get: ${median(times).toFixed(1)} ms from start to end, ${median(ratios).toFixed(2)} x node -e 0`)
    return [
      atMost(
        'konfig get, start to answer',
        median(ratios),
        1.6,
        'of node -e 0',
        `${pairs} pairs in turn, the package with compile cache, against a server on this machine; median of the ratios`,
      ),
    ]
  } finally {
    server.kill('SIGTERM')
    await server.ended
    rmSync(folder, { recursive: true, force: true })
  }
}
