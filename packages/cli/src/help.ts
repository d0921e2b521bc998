// The first pages of help: all commands, and the verbs of one noun. Pure; each verb's own help is commander's.
import { type Entry, groups } from './verbs.ts'

const lines = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

const nounsOf = (known: readonly Entry[]): readonly (readonly [string, string])[] => {
  const verbs = new Map<string, readonly string[]>()
  for (const { words } of known) {
    if (words.length < 2) continue
    const noun = words.slice(0, -1).join(' ')
    verbs.set(noun, [...(verbs.get(noun) ?? []), words.at(-1) ?? ''])
  }
  return [...verbs].map(([noun, names]) => [noun, names.join(', ')])
}

export const rootHelp = (known: readonly Entry[]): string => {
  const parts = groups.flatMap((group) => {
    const rows = known
      .filter((entry) => entry.group === group && entry.words.length === 1 && entry.hidden !== true)
      .map(({ words, summary }) => [words.join(' '), summary] as const)
    return rows.length === 0 ? [] : [`${group}:\n${lines(rows)}`]
  })
  return (
    [
      'Konfig: what is the value now, why is it that, who made it so, and what was it before.',
      'Usage: konfig COMMAND [ARGUMENTS] [FLAGS]',
      ...parts,
      `Resources, each with its verbs:\n${lines(nounsOf(known))}`,
      'Every command takes --help, --profile NAME, --url URL and --json.\nSettings: flags, then KONFIG_URL, KONFIG_API_KEY, KONFIG_TOKEN, KONFIG_ENVIRONMENT, KONFIG_NAMESPACE, KONFIG_PROFILE, then the profile.',
    ].join('\n\n') + '\n'
  )
}

export const nounHelp = (known: readonly Entry[], noun: readonly string[]): string => {
  const rows = known
    .filter(({ words }) => words.length > noun.length && noun.every((word, index) => word === words[index]))
    .map(({ words, summary }) => [words.join(' '), summary] as const)
  return `Usage: konfig ${noun.join(' ')} VERB [ARGUMENTS] [FLAGS]\n\n${lines(rows)}\n\nSee \`konfig ${noun.join(' ')} VERB --help\`.\n`
}
