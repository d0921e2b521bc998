// Reads a file apart from everything else: small ones here, large ones in a thread of its own with memory of its own.
// Owns how long and how large a reading may be; formats are read by @konfig/files.
import { failure, KonfigError } from '@konfig/core'
import { type FileContent, type FileInput, readFile } from '@konfig/files'
import { Worker } from 'node:worker_threads'
import { assembly, type Piece } from './pieces.ts'

/** Read here: whatever it holds, this takes no longer than others may be kept waiting. */
const smallLength = 16_384
/** What waits for a thread is held in memory meanwhile: larger files do not wait. */
const patientLength = 262_144
const maximumMillis = 120_000
const maximumMebibytes = 1024
const atATime = 2
const mostWaiting = 32
let running = 0
const waiting: (() => void)[] = []

/** One of the few threads, as soon as it is free. */
const takeTurn = async (length: number): Promise<void> => {
  if (running < atATime) running++
  else if (length > patientLength || waiting.length >= mostWaiting)
    throw new KonfigError(failure('overloaded', { seconds: 5 }))
  else await new Promise<void>((resolve) => waiting.push(resolve))
}

const giveTurn = (): void => {
  const next = waiting.shift()
  if (next === undefined) running--
  else next()
}

const inThread = (input: FileInput): Promise<FileContent> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: maximumMebibytes, maxYoungGenerationSizeMb: 64 },
    })
    const gathered = assembly()
    const late = setTimeout(() => {
      reject(new KonfigError(failure('import_invalid', { reason: 'reading it takes too long; split it' })))
      void worker.terminate()
    }, maximumMillis)
    const end = (settle: () => void): void => {
      clearTimeout(late)
      settle()
    }
    // One piece at a time: messages that are there already would all be taken in one turn.
    worker.on('message', (piece: Piece) => {
      if (piece.is === 'refused') return end(() => reject(new KonfigError(piece.failure)))
      const whole = gathered(piece)
      if (whole !== undefined) return end(() => resolve(whole))
      setImmediate(() => worker.postMessage('next'))
    })
    worker.on('error', (cause: { readonly code?: string }) =>
      end(() =>
        reject(
          cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new KonfigError(failure('import_invalid', { reason: 'reading it takes too much memory; split it' }), {
                cause,
              })
            : cause,
        ),
      ),
    )
  })

/** Throws `import_invalid` naming the line, `overloaded` where several large files, or many, are being read already. */
export const readApart = async (input: FileInput): Promise<FileContent> => {
  if (input.text.length <= smallLength) {
    const read = readFile(input)
    if (!read.ok) throw new KonfigError(read.failure)
    return read.value
  }
  await takeTurn(input.text.length)
  try {
    return await inThread(input)
  } finally {
    giveTurn()
  }
}
