// Runs every script in this folder: what each block answers must be exactly what stands under its rule.
// SPEC_REWRITE=1 writes the answers into the scripts instead; read the diff before you keep it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { differences } from './opinion.ts'
import { type Block, blocksOf, type Command, textOf } from './script.ts'
import { introduce, openStage, type Stage, write } from './stage.ts'
import { verbs } from './verbs.ts'
import type { Intention } from '../src/decide/intention.ts'

const folder = import.meta.dirname
const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .sort()

/** Commands that belong to one commit are decided together. */
const togetherIn = (commands: readonly Command[]): readonly (readonly Command[])[] => {
  const groups: Command[][] = []
  for (const command of commands)
    if (command.joined) groups.at(-1)?.push(command)
    else groups.push([command])
  return groups
}

const runGroup = (stage: Stage, group: readonly Command[]): readonly string[] => {
  const [first] = group
  if (first === undefined) return []
  introduce(stage, first)
  const intentions: Intention[] = []
  for (const command of group) {
    const verb = verbs[command.verb]
    if (verb === undefined) throw new Error(`line ${command.line}: there is no verb ${command.verb}`)
    if ('reads' in verb) return verb.reads(command, stage)
    intentions.push(...verb.writes({ ...command, who: first.who }, stage))
  }
  return write(stage, first.who, intentions)
}

const answerOf = (stage: Stage, { commands }: Block): readonly string[] =>
  togetherIn(commands).flatMap((group) => runGroup(stage, group))

describe('scenarios', () => {
  it.each(scripts)('%s', (file) => {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    const stage = openStage()
    const answered = blocksOf(text).map((block) => ({ source: block.source, answer: answerOf(stage, block) }))
    if (process.env['SPEC_REWRITE'] === '1') writeFileSync(path, textOf(answered))
    expect(textOf(answered)).toBe(process.env['SPEC_REWRITE'] === '1' ? textOf(answered) : text)
    expect(differences(stage)).toEqual([])
  })

  it('each open with the rule that they hold', () => {
    expect(scripts.filter((file) => !readFileSync(join(folder, file), 'utf8').startsWith('# '))).toEqual([])
  })

  it('use every verb', () => {
    const used = new Set(
      scripts.flatMap((file) =>
        blocksOf(readFileSync(join(folder, file), 'utf8')).flatMap(({ commands }) => commands.map(({ verb }) => verb)),
      ),
    )
    expect(Object.keys(verbs).filter((verb) => !used.has(verb))).toEqual([])
  })
})
