// The process itself: what it prints, and how it ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const start = (environment: { readonly [name: string]: string }) => {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const seen = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (seen.error += text))
  return { child, seen }
}

describe('the process', () => {
  it('says what is wrong with its options, each by name, and ends', async () => {
    const { child, seen } = start({ KONFIG_PORT: 'x', KONFIG_JOURNAL: 'sqlite:/nowhere' })
    const [code] = await once(child, 'close')
    expect(code).toBe(2)
    expect(seen.error).toContain('KONFIG_PORT must be')
    expect(seen.error).toContain('No master key')
  })

  it('serves until SIGTERM, then ends cleanly', async () => {
    const data = mkdtempSync(join(tmpdir(), 'konfig-main-'))
    const { child, seen } = start({ KONFIG_DATA: data, KONFIG_PORT: '0', KONFIG_SAMPLE: 'none', KONFIG_TYPO: '1' })
    await expect.poll(() => seen.out).toContain('"Listening"')
    expect(seen.error).toContain('KONFIG_TYPO')
    const url = /"url":"([^"]+)"/.exec(seen.out)?.[1] ?? ''
    expect((await fetch(`${url}/health/ready`)).status).toBe(200)
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect([code, seen.out.includes('"Stopped"')]).toEqual([0, true])
    rmSync(data, { recursive: true })
  })
})
