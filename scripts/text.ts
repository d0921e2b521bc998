// Refuses what no tracked file may carry: registry hosts, paths of one machine. Owns the patterns; knows nothing of meaning.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

type Ban = { readonly what: string; readonly pattern: RegExp; readonly files: RegExp }

const bans: readonly Ban[] = [
  {
    what: 'a host of a package registry (in a lockfile: omit-lockfile-registry-resolved keeps it out)',
    pattern:
      /registry\.(npmjs|yarnpkg)|npmmirror\.|pypi\.org|python[h]osted|proxy\.golang|repo1?\.maven|deb\.debian|crates\.io/,
    files: /(?<!\.md)$/,
  },
  {
    what: 'an address that a lockfile pins',
    pattern: /"resolved": "(?:https?|git|ssh|file):/,
    files: /(^|\/)package-lock\.json$/,
  },
  {
    what: 'a path of one machine',
    pattern: /(?<![\w.\-*}:])\/(?:work|home|root|Users)\/[\w.]/,
    files: /$/,
  },
  { what: 'a path that leaves the repository', pattern: /\.\.\/shared\//, files: /$/ },
  {
    what: 'a word about who or what typed it',
    pattern: /co-authored[-]by:|generated (?:with|by) (?:an? )?(?:ai|llm)\b/i,
    files: /$/,
  },
]

export type Finding = { readonly line: number; readonly what: string }

/** What a tracked file carries that it should not, by line from 1. */
export function findings(file: string, text: string): readonly Finding[] {
  const inForce = bans.filter(({ files }) => files.test(file))
  return text
    .split('\n')
    .flatMap((line, index) =>
      inForce.filter(({ pattern }) => pattern.test(line)).map(({ what }) => ({ line: index + 1, what })),
    )
}

/** Files that others wrote, kept as they are. */
const exempt = /^examples\//

function main(): void {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  const files = tracked.split('\0').filter((file) => file !== '' && !exempt.test(file))
  for (const file of files) {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      continue
    }
    if (text.includes('\0')) continue
    for (const { line, what } of findings(file, text)) {
      console.error(`${file}:${line}: ${what}`)
      process.exitCode = 1
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
