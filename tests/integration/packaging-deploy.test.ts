// The files of deploy are ones that their tools take: the image's recipe, the composed installation, the unit of systemd.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readOptions } from '@konfig/server'
import { pythonProgram } from '../servers/tools.ts'

const deploy = join(import.meta.dirname, '../../deploy')
const folder = mkdtempSync(join(tmpdir(), 'konfig-deploy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (program: string, ...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', cwd: folder })
  return { status, said: `${stdout}${stderr}` }
}
const text = (name: string): string => readFileSync(join(deploy, name), 'utf8')

/** The variables of ours that a file sets. */
const variablesIn = (name: string): readonly string[] => [
  ...new Set([...text(name).matchAll(/\b(KONFIG_[A-Z_]+)(?=[:=])/g)].map(([, variable = '']) => variable)),
]

describe('the Dockerfile', () => {
  it('has nothing that hadolint complains of', () => {
    expect(run(pythonProgram('hadolint'), join(deploy, 'Dockerfile'))).toEqual({ status: 0, said: '' })
  })

  it('would be told, were it to run as root', () => {
    const spoilt = join(folder, 'Dockerfile')
    writeFileSync(spoilt, text('Dockerfile').replace('USER 1000:1000', 'USER root'))
    expect(run(pythonProgram('hadolint'), spoilt)).toMatchObject({ status: 1, said: expect.stringContaining('DL3002') })
  })
})

describe('compose.yaml', () => {
  const check = (file: string) =>
    run(pythonProgram('check-jsonschema'), '--builtin-schema', 'vendor.compose-spec', file)

  it('is as the schema of Compose wants it', () => {
    expect(check(join(deploy, 'compose.yaml')).status).toBe(0)
  })

  it('would be told, were a word of it wrong', () => {
    const spoilt = join(folder, 'compose.yaml')
    writeFileSync(spoilt, text('compose.yaml').replace('restart:', 'restarts:'))
    expect(check(spoilt).status).toBe(1)
  })

  it('has no default for what is secret, and opens nothing but to this machine', () => {
    expect(text('compose.yaml')).not.toMatch(/PASSWORD:-/)
    expect(
      [...text('compose.yaml').matchAll(/^\s+- "([^"]*:\d+:\d+|[^"]*:8080)"$/gm)].map(([, port = '']) => port),
    ).toEqual(['127.0.0.1:${KONFIG_PORT:-8080}:8080'])
    for (const line of text('example.env')
      .split('\n')
      .filter((each) => /PASSWORD/.test(each)))
      expect(line).toMatch(/=$/)
  })
})

describe('the unit of systemd', () => {
  it('is one that systemd takes', () => {
    const unit = join(folder, 'konfig.service')
    writeFileSync(unit, text('konfig.service'))
    expect(run('systemd-analyze', 'verify', unit)).toEqual({ status: 0, said: '' })
  })

  it('would be told, were a setting of it not one', () => {
    const unit = join(folder, 'spoilt.service')
    writeFileSync(unit, text('konfig.service').replace('[Service]', '[Service]\nRestartSecs=2'))
    expect(run('systemd-analyze', 'verify', unit).said).toContain('RestartSecs')
  })
})

describe('each file', () => {
  it.each(['Dockerfile', 'compose.yaml', 'konfig.service'])(
    '%s sets no variable that the server does not know',
    (name) => {
      const variables = variablesIn(name)
      expect(variables.length).toBeGreaterThan(0)
      const read = readOptions(Object.fromEntries(variables.map((variable) => [variable, '1'])))
      const unknown = read.ok ? read.warnings : read.problems.filter((each) => /not known|unknown/i.test(each))
      expect(unknown).toEqual([])
    },
  )
})
