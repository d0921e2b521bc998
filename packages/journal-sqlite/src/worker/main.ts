// The thread that owns the database: sleeps until it is asked, writes what waits together, answers. Synchronous, so that no turn of an
// event loop lies between a request and its transaction.
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { faultOf, isAltered, textOf } from '../errors.ts'
import type { FromWorker, Answer, Request, WorkerStart } from '../protocol.ts'
import { batchHandlers } from './batches.ts'
import { type Call, createRunner, isRead, type Runner } from './group.ts'
import { recordHandlers } from './records.ts'
import { NewerFormat, openStore, type Store } from './schema.ts'
import { snapshotHandlers } from './snapshots.ts'

const { path, patience, signal, port } = workerData as WorkerStart & { readonly port: MessagePort }

/** How often other processes' writes are looked for while somebody watches. */
const lookEvery = 100
/** A transaction takes no more than this, so that who comes later does not wait for all who came before. */
const groupLimit = 1024
const transferAbove = 256 * 1024

const tell = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, [...transfer])

interface Opened {
  readonly store: Store
  readonly runner: Runner
}

const open = (): Opened | undefined => {
  try {
    const store = openStore(path, patience)
    // Statements are prepared here: that fails where the tables are not as they should be.
    const handlers = { ...batchHandlers(store), ...snapshotHandlers(store), ...recordHandlers(store) }
    return { store, runner: createRunner(store, handlers) }
  } catch (error) {
    const [reason, found] =
      error instanceof NewerFormat
        ? (['newer', error.found] as const)
        : ([faultOf(error, 'work') === 'damaged' || isAltered(error) ? 'damaged' : 'unusable', 0] as const)
    const text = isAltered(error)
      ? `the tables of Konfig are not as this version made them (${textOf(error)}). Somebody altered them; undo that, or restore them from a backup`
      : textOf(error)
    tell({ type: 'refused', reason, text, found })
    return undefined
  }
}

/** Buffers of large values move instead of being copied. */
const movable = (answers: readonly Answer[]): readonly ArrayBuffer[] => {
  const buffers: ArrayBuffer[] = []
  const add = (bytes: unknown): void => {
    if (bytes instanceof Uint8Array && bytes.byteLength > transferAbove && bytes.buffer instanceof ArrayBuffer)
      buffers.push(bytes.buffer)
  }
  for (const answer of answers) {
    if (!('value' in answer) || !Array.isArray(answer.value)) continue
    for (const item of answer.value as readonly unknown[]) {
      add(item)
      if (typeof item === 'object' && item !== null && 'payload' in item) add(item.payload)
    }
  }
  return buffers
}

const serve = ({ store: { database }, runner }: Opened): void => {
  const others = database.prepare('PRAGMA data_version')
  const look = (): number => (others.get() as { data_version: number }).data_version
  const counter = new Int32Array(signal)
  let watching = false
  let version = look()
  let closing = false
  const waiting: Call[] = []

  const take = (): void => {
    for (let found = receiveMessageOnPort(port); found !== undefined; found = receiveMessageOnPort(port)) {
      for (const request of found.message as readonly Request[]) {
        if (request.operation === 'close') closing = true
        else if (request.operation === 'watch') watching = request.given
        else waiting.push(request)
      }
    }
  }

  const work = (): void => {
    const group = waiting.splice(0, groupLimit)
    const writes = group.filter((call) => !isRead(call))
    // What is written is answered before anything is read: readers may be many.
    if (writes.length > 0) tell({ type: 'answers', answers: runner.write(writes) })
    const answers = group.filter(isRead).map(runner.read)
    if (answers.length > 0) tell({ type: 'answers', answers }, movable(answers))
  }

  const lookAround = (): void => {
    const now = look()
    if (now !== version) tell({ type: 'changed' })
    version = now
  }

  let looked = performance.now()
  while (!closing || waiting.length > 0) {
    const seen = Atomics.load(counter, 0)
    take()
    if (waiting.length > 0) work()
    if (watching && performance.now() - looked >= lookEvery) {
      looked = performance.now()
      lookAround()
    }
    if (waiting.length === 0 && !closing) Atomics.wait(counter, 0, seen, watching ? lookEvery : Infinity)
  }
  database.close()
}

const opened = open()
if (opened !== undefined) {
  tell({ type: 'ready' })
  serve(opened)
  tell({ type: 'closed' })
}
port.close()
