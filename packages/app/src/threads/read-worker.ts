// The thread in which large files are read, so that nobody else waits for them. Knows nothing of tenants or logs.
import { readFile, type FileInput } from '@konfig/files'
import { parentPort, workerData } from 'node:worker_threads'
import { type Piece, piecesOf } from './pieces.ts'

function* answers(): Generator<Piece> {
  const read = readFile(workerData as FileInput)
  if (read.ok) yield* piecesOf(read.value)
  else yield { is: 'refused', failure: read.failure }
}

const pieces = answers()
/** The next piece when the last one was taken; with the last of all the thread ends. */
const send = (): void => {
  const { value, done } = pieces.next()
  if (done === true) parentPort?.close()
  else {
    parentPort?.postMessage(value)
    if (value.is === 'refused' || value.is === 'end') parentPort?.close()
  }
}
parentPort?.on('message', send)
send()
