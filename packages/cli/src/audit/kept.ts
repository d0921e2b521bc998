// Heads of logs and the public key of an installation as files that somebody keeps: reading them, holding lines against the key, adding to them.
import { appendFileSync, readFileSync } from 'node:fs'
import { CommandError, usage } from '../problem/problem.ts'
import type { Flag } from '../verb.ts'

export const keptFlags: readonly Flag[] = [
  {
    name: 'expect-head',
    value: 'FILE',
    description: 'Lines of heads that were kept: the logs must still reach them, unchanged',
  },
  {
    name: 'public-key',
    value: 'FILE',
    description: 'The public key of the installation as it was kept, PEM; no other is believed',
  },
]

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return usage(`${path} cannot be read.`, 'Name a file that is there.')
  }
}

const isLine = (line: string): boolean => line.startsWith('konfig-head-')
const [logAt, revisionAt] = [1, 2]

/** The newest line of each log: who reaches that with the same chain has all that was before. */
export const readHeads = (path: string | undefined): readonly string[] => {
  if (path === undefined) return []
  const lines = read(path)
    .split('\n')
    .map((line) => line.trim())
    .filter(isLine)
  if (lines.length === 0) usage(`${path} holds no heads.`, 'Keep some with `konfig audit verify --keep FILE`.')
  const newest = new Map<string, string>()
  for (const line of lines) {
    const parts = line.split(' ')
    const log = parts[logAt] ?? ''
    const known = newest.get(log)?.split(' ')[revisionAt]
    if (known === undefined || Number(known) <= Number(parts[revisionAt])) newest.set(log, line)
  }
  return [...newest.values()]
}

export const keepHeads = (path: string, lines: readonly string[]): void => {
  try {
    appendFileSync(path, lines.map((line) => `${line}\n`).join(''))
  } catch {
    throw new CommandError({ code: 'not_written', outcome: 'usage', detail: `${path} cannot be written.` })
  }
}

const foreign = (detail: string): CommandError =>
  new CommandError({
    code: 'signature_wrong',
    outcome: 'bug',
    detail,
    next: 'Keep the database as it is, and find out who answered: this is not the installation whose key was kept.',
  })

/** Refuses what was not signed with the key in the file: the key that answered itself, and each line. */
export const holdAgainst = async (
  path: string,
  { pem, lines }: { readonly pem: string; readonly lines: readonly string[] },
) => {
  const { readHead, readPublicKey } = await import('@konfig/server/offline')
  const kept = readPublicKey(read(path))
  if (kept === undefined)
    return usage(
      `${path} is no public key of Ed25519 in PEM.`,
      'Keep the one that `konfig audit verify -o json` answers.',
    )
  if (readPublicKey(pem)?.id !== kept.id) throw foreign(`What answered signs with another key than that of ${path}.`)
  for (const line of lines) {
    const found = readHead(line, kept)
    if (!found.ok) throw foreign(`A head does not fit the key of ${path}: ${found.reason}.`)
  }
}
