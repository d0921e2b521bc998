import { describe, expect, it } from 'vitest'
import { failure, openSentence } from './failure.ts'

describe('a sentence', () => {
  it('says of one thing that it is one', () => {
    expect(failure('import_conflicts', { count: 1 }).detail).toMatch(/^1 value differs from what is there;/)
    expect(failure('import_contradicts', { count: 1 }).detail).toMatch(/^1 key of the file is set .* leave it out\.$/)
    expect(failure('changes_rejected', { count: 1 }).detail).toMatch(/^1 of the changes breaks a rule;/)
  })

  it('says of several that they are', () => {
    expect(failure('import_conflicts', { count: 2 }).detail).toMatch(/^2 values differ from what is there;/)
    expect(failure('import_contradicts', { count: 0 }).detail).toMatch(
      /^0 keys of the file are set .* leave them out\.$/,
    )
    expect(failure('changes_rejected', { count: 12 }).detail).toMatch(/^12 of the changes break a rule;/)
  })

  it('is told of several where nothing is filled in', () => {
    expect(openSentence('import_conflicts')).toMatch(/^\{count\} values differ from what is there;/)
  })
})
