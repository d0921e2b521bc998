import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { operations } from '../packages/api/src/index.ts'
import { apiPage, file } from './api-reference.ts'

describe('the reference of the API', () => {
  it('is what the registry says; `node scripts/api-reference.ts` writes it', () => {
    expect(readFileSync(file, 'utf8') === apiPage()).toBe(true)
  })

  it('has a heading for each operation, and each once', () => {
    const headings = [...apiPage().matchAll(/^### (.+)$/gm)].map(([, route = '']) => route)
    expect(headings.toSorted()).toEqual(operations.map(({ route }): string => route).toSorted())
  })
})
