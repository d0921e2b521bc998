// Writes docs/problems.md from the table of codes. Owns the page's form; what it says comes from the table.
// Usage: node scripts/problems.ts
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { catalogue } from '../packages/server/src/catalogue.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

export const problemsPage = (): string =>
  [
    '# Problems',
    '',
    'Every refusal is a problem of RFC 9457: `type`, `title`, `status`, `detail`, and of our own `code`, `data`, `requestId` and, where',
    'several things are wrong, `errors`. Programs go by `code`; what stands in braces is filled in, and repeated in `data`. Every server',
    'shows this list at `/docs/problems`. It is made from the table in `packages/core/src/errors/codes.ts` by `node scripts/problems.ts`.',
    '',
    '| code | status | sentence | what to do |',
    '| --- | --- | --- | --- |',
    ...catalogue().map(
      ({ code, status, sentence, advice }) =>
        `| <a id="${code}"></a>\`${code}\` | ${status} | ${cell(sentence)} | ${cell(advice)} |`,
    ),
    '',
  ].join('\n')

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(new URL('../docs/problems.md', import.meta.url), problemsPage())
