// Whole commands against a real server: what each script in packages/cli/spec types must be answered by exactly what stands below it.
// SPEC_REWRITE=1 writes the answers into the scripts instead; read the diff before you keep it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CommandLine, openCommandLine, wordsOf } from '../harness/command.ts'
import { openWorld, password, type World } from '../harness/world.ts'

const folder = join(import.meta.dirname, '../../packages/cli/spec')
const scripts = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .sort()
const rewriting = process.env['SPEC_REWRITE'] === '1'

const hidden = (text: string, world: World, line: CommandLine): string =>
  text
    .replaceAll(world.url, '<url>')
    .replaceAll(new URL(world.url).host, '<host>')
    .replaceAll(line.home, '<home>')
    .replace(/kfg_[a-z0-9]+_[\w-]+/g, '<key>')
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/"(request|requestId)":"[^"]*"/g, '"$1":"<request>"')

type Environment = { readonly [name: string]: string }

const credentials = async (who: string, world: World, line: CommandLine): Promise<Environment> => {
  if (who === 'reader' || who === 'editor') return { KONFIG_API_KEY: world.keys[who] }
  if (who === 'nobody') return {}
  const [email, tenant] = who === 'platform' ? ['admin@platform.example', 'platform'] : [`${who}@acme.example`, 'acme']
  const login = await line.run(['login', '--profile', who, '--email', email, '--tenant', tenant, '--password-stdin'], {
    input: password,
  })
  if (login.code !== 0) throw new Error(login.errors)
  return { KONFIG_PROFILE: who }
}

const linesOf = (text: string, prefix: string): readonly string[] =>
  text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((each) => `${prefix}${each}`.trimEnd())

const answered = async (script: string, world: World, line: CommandLine): Promise<string> => {
  const source = script.split('\n')
  const written: string[] = []
  let env: Environment = {}
  for (let index = 0; index < source.length; index++) {
    const text = source[index] ?? ''
    if (text.startsWith('#') || text === '') {
      if (text !== '' || written.at(-1) !== '') written.push(text)
    } else if (text.startsWith('as ')) {
      env = await credentials(text.slice(3), world, line)
      written.push(text)
    } else if (text.startsWith('$ ')) {
      const words = wordsOf(text.slice(2))
      const at = words.indexOf('konfig')
      const variables = Object.fromEntries(words.slice(0, at).map((word) => word.split('=') as [string, string]))
      const more: string[] = []
      while (/^[<?] /.test(source[index + 1] ?? '')) more.push(source[++index] ?? '')
      const typed = more.filter((each) => each.startsWith('?')).map((each) => each.slice(2))
      const { output, errors, code } = await line.run(words.slice(at + 1), {
        env: { ...env, ...variables },
        input: more
          .filter((each) => each.startsWith('<'))
          .map((each) => `${each.slice(2)}\n`)
          .join(''),
        ...(typed.length === 0 ? {} : { answers: typed }),
      })
      const lines = [...linesOf(output, ''), ...linesOf(errors, '! '), ...(code === 0 ? [] : [`exit ${code}`])]
      written.push(text, ...more, ...lines.map((each) => hidden(each, world, line)), '')
      // What stood there before is not read: it is what the answer is compared with.
      while (index + 1 < source.length && !/^([$#]|as )/.test(source[index + 1] ?? '')) index++
    }
  }
  return `${written.join('\n').trimEnd()}\n`
}

describe('the command line', () => {
  it.each(scripts)('%s', async (file) => {
    const path = join(folder, file)
    const script = readFileSync(path, 'utf8')
    const world = await openWorld()
    const line = openCommandLine(world.url)
    try {
      const now = await answered(script, world, line)
      if (rewriting) writeFileSync(path, now)
      expect(now).toBe(rewriting ? now : script)
    } finally {
      line.close()
      await world.close()
    }
  })

  it('opens each script with the rule that it holds', () => {
    expect(scripts.filter((file) => !readFileSync(join(folder, file), 'utf8').startsWith('# '))).toEqual([])
  })
})
