import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { problemsPage } from './problems.ts'

it('docs/problems.md is what the table of codes says; `node scripts/problems.ts` writes it', () => {
  expect(readFileSync(new URL('../docs/problems.md', import.meta.url), 'utf8')).toBe(problemsPage())
})
