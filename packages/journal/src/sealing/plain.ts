// The text of commits that is sealed: their JSON. Large ones are written in slices, so that other requests are served in between.
import type { Commit } from '@konfig/core'
import { openSlices } from '../slices.ts'

/** So many changes are written without looking at the time. */
const together = 250

type Pause = ReturnType<typeof openSlices>

async function* piecesOf(commit: Commit, pause: Pause): AsyncGenerator<string> {
  let before = '{'
  for (const [name, value] of Object.entries(commit)) {
    if (value === undefined) continue
    yield `${before}${JSON.stringify(name)}:`
    before = ','
    if (value !== commit.changes) {
      yield JSON.stringify(value)
      continue
    }
    for (let from = 0; from < commit.changes.length; from += together) {
      const some = JSON.stringify(commit.changes.slice(from, from + together))
      yield `${from === 0 ? '[' : ','}${some.slice(1, -1)}`
      await pause()
    }
    yield ']'
  }
  yield '}'
}

/** As `JSON.stringify` writes them. */
export const plainOf = async (commits: readonly Commit[]): Promise<Buffer> => {
  if (commits.every(({ changes }) => changes.length <= together)) return Buffer.from(JSON.stringify(commits))
  const pause = openSlices()
  const pieces: Buffer[] = []
  for (const [at, commit] of commits.entries()) {
    pieces.push(Buffer.from(at === 0 ? '[' : ','))
    if (commit.changes.length <= together) pieces.push(Buffer.from(JSON.stringify(commit)))
    else for await (const piece of piecesOf(commit, pause)) pieces.push(Buffer.from(piece))
  }
  pieces.push(Buffer.from(']'))
  return Buffer.concat(pieces)
}
