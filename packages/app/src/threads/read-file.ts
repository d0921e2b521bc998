// Reads a file apart from everything else: small ones here, large ones in a thread of its own with memory of its own.
// Formats are read by @konfig/files.
import { failure, KonfigError } from '@konfig/core'
import { type FileContent, type FileInput, readFile } from '@konfig/files'
import { assembly, type Piece } from './pieces.ts'
import { inThread } from './thread.ts'

/** Read here: whatever it holds, this takes no longer than others may be kept waiting. */
const smallLength = 16_384

/** Throws `import_invalid` naming the line, `overloaded` where several large files, or many, are being read already. */
export const readApart = async (input: FileInput): Promise<FileContent> => {
  if (input.text.length <= smallLength) {
    const read = readFile(input)
    if (!read.ok) throw new KonfigError(read.failure)
    return read.value
  }
  const gathered = assembly()
  return inThread<Piece, FileContent>({
    script: new URL('./read-worker.ts', import.meta.url),
    data: input,
    length: input.text.length,
    refusal: (excess) => failure('import_invalid', { reason: `reading it takes too much ${excess}; split it` }),
    onMessage: (piece, post) => {
      if (piece.is === 'refused') throw new KonfigError(piece.failure)
      const whole = gathered(piece)
      // One piece at a time: messages that are there already would all be taken in one turn.
      if (whole === undefined) setImmediate(() => post('next'))
      return whole
    },
  })
}
