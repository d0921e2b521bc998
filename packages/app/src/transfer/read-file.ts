// Reads a file apart from everything else: small ones here, large ones in a thread of its own with memory of its own.
// Owns how long and how large a reading may be; formats are read by @konfig/files.
import { failure, KonfigError, type Result } from '@konfig/core'
import { type FileContent, type FileInput, readFile } from '@konfig/files'
import { Worker } from 'node:worker_threads'

/** Below this, reading takes less time than starting a thread. */
const smallLength = 262_144
const maximumMillis = 120_000
const maximumMebibytes = 1024
const atATime = 2
let running = 0

const inThread = (input: FileInput): Promise<Result<FileContent>> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: maximumMebibytes },
    })
    const late = setTimeout(() => {
      reject(new KonfigError(failure('import_invalid', { reason: 'reading it takes too long; split it' })))
      void worker.terminate()
    }, maximumMillis)
    const end = (settle: () => void): void => {
      clearTimeout(late)
      settle()
    }
    worker.on('message', (read: Result<FileContent>) => end(() => resolve(read)))
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

/** Throws `import_invalid` naming the line, `overloaded` where several large files are being read already. */
export const readApart = async (input: FileInput): Promise<FileContent> => {
  const large = input.text.length > smallLength
  if (large && running >= atATime) throw new KonfigError(failure('overloaded', { seconds: 5 }))
  if (large) running++
  try {
    const read = large ? await inThread(input) : readFile(input)
    if (!read.ok) throw new KonfigError(read.failure)
    return read.value
  } finally {
    if (large) running--
  }
}
