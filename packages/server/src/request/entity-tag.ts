// If-Match and If-None-Match: what a writer expects, and whether a reader already has it. Knows no resource.
import { type Expectation, failure, KonfigError } from '@konfig/core'

const listed = /^\s*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)")\s*(?:,|$)/

interface Tag {
  readonly weak: boolean
  readonly text: string
}

/** The tags of a list, or undefined where it is none. */
const tagsOf = (header: string): readonly Tag[] | undefined => {
  const tags: Tag[] = []
  let rest = header
  while (rest.trim() !== '') {
    const match = listed.exec(rest)
    if (match === null) return undefined
    tags.push({ weak: match[1] !== undefined, text: match[2] ?? '' })
    rest = rest.slice(match[0].length)
  }
  return tags.length === 0 ? undefined : tags
}

const malformed = (reason: string): KonfigError => new KonfigError(failure('malformed_request', { reason }))
const resourceTag = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(0|[1-9]\d{0,14})$/

/** What a write expects. A tag that is no version of anything can never match: that is a failed precondition, not an error. */
export const expectationOf = (
  ifMatch: string | undefined,
  ifNoneMatch: string | undefined,
): Expectation | undefined => {
  if (ifMatch !== undefined && ifNoneMatch !== undefined) throw malformed('send If-Match or If-None-Match, not both')
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() === '*') return 'absent'
    throw malformed('a write takes If-None-Match: * alone')
  }
  if (ifMatch === undefined) return undefined
  if (ifMatch.trim() === '*') return 'present'
  const tags = tagsOf(ifMatch)
  if (tags === undefined) throw malformed('If-Match is not a list of entity tags in quotes')
  return tags.flatMap(({ weak, text }) => {
    const match = weak ? null : resourceTag.exec(text)
    return match === null ? [] : [{ id: match[1] ?? '', version: Number(match[2]) }]
  })
}

/** Whether a reader already has what carries this tag. Reading compares weakly (RFC 9110, 13.1.2). */
export const alreadyHas = (ifNoneMatch: string | undefined, etag: string | undefined): boolean => {
  if (ifNoneMatch === undefined || etag === undefined) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  return tagsOf(ifNoneMatch)?.some(({ text }) => `"${text}"` === etag) ?? false
}
