// Asks the worker, and answers for it when it is gone. Owns the thread's life; knows nothing of SQL.
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { failure, KonfigError, type Millis } from '@konfig/core'
import { unavailable } from '@konfig/journal'
import type { Answer, Fault, FromWorker, Operation, Operations, Request, WorkerStart } from './protocol.ts'

/** What the client needs of a thread: a test may put a faulty one in between. */
export interface Thread {
  readonly post: (requests: readonly Request[], transfer: readonly ArrayBuffer[]) => void
  /** Stops it at once; `onGone` is called. */
  readonly kill: () => void
}

export interface ThreadEvents {
  readonly onMessage: (message: FromWorker) => void
  /** It ended, asked or not, and answers nothing more. */
  readonly onGone: () => void
}

export type StartThread = (start: Omit<WorkerStart, 'signal'>, events: ThreadEvents) => Thread

export const startThread: StartThread = (start, { onMessage, onGone }) => {
  const { port1, port2 } = new MessageChannel()
  const signal = new SharedArrayBuffer(4)
  const counter = new Int32Array(signal)
  const worker = new Worker(new URL('./worker/main.ts', import.meta.url), {
    workerData: { ...start, signal, port: port2 },
    transferList: [port2],
    name: 'journal-sqlite',
  })
  port1.on('message', onMessage)
  worker.on('error', () => {})
  worker.on('exit', () => {
    // The end may be told before the last answers are: those count.
    for (let left = receiveMessageOnPort(port1); left !== undefined; left = receiveMessageOnPort(port1))
      onMessage(left.message as FromWorker)
    port1.close()
    onGone()
  })
  return {
    post: (requests, transfer) => {
      port1.postMessage(requests, [...transfer])
      Atomics.add(counter, 0, 1)
      Atomics.notify(counter, 0)
    },
    kill: () => void worker.terminate(),
  }
}

/** The journal cannot tell whether it stored anything. */
export class Unknown extends Error {}

export interface Client {
  readonly ask: <O extends Operation>(
    operation: O,
    given: Operations[O]['given'],
    transfer?: readonly ArrayBuffer[],
  ) => Promise<Operations[O]['answer']>
  readonly watch: (listener: () => void) => () => void
  /** Tells the watchers of this opening of a write of its own. */
  readonly changed: () => void
  readonly close: () => Promise<void>
}

interface Asked {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

const damaged = (text: string): Error =>
  new KonfigError(failure('journal_corrupt', { log: 'file', revision: 0, reason: text }))

const errorOf = (fault: Fault, text: string): Error => {
  const cause = new Error(text)
  if (fault === 'unknown') return new Unknown(text, { cause })
  if (fault === 'damaged') return damaged(text)
  return fault === 'nothing' ? unavailable(cause) : new KonfigError(failure('bug'), { cause })
}

const refusal = ({ reason, text, found }: Extract<FromWorker, { type: 'refused' }>): Error => {
  if (reason === 'newer') return new KonfigError(failure('journal_newer', { found }))
  return reason === 'damaged' ? damaged(text) : unavailable(new Error(text))
}

/** Starts the thread and waits until the file is open. A thread that dies later is started again by the next call. */
export const openClient = async (path: string, patience: Millis, start: StartThread): Promise<Client> => {
  const asked = new Map<number, Asked>()
  const listeners = new Set<() => void>()
  let thread: Thread | undefined
  let opening: PromiseWithResolvers<void> | undefined
  let closed: PromiseWithResolvers<void> | undefined
  let posts: Request[] = []
  let moved: ArrayBuffer[] = []
  let last = 0

  const settle = (answer: Answer): void => {
    const call = asked.get(answer.id)
    asked.delete(answer.id)
    if ('fault' in answer) call?.reject(errorOf(answer.fault, answer.text))
    else call?.resolve(answer.value as never)
  }

  const changed = (): void => {
    for (const listener of listeners) queueMicrotask(listener)
  }

  const onMessage = (message: FromWorker): void => {
    if (message.type === 'answers') for (const answer of message.answers) settle(answer)
    if (message.type === 'changed') changed()
    if (message.type === 'ready') opening?.resolve()
    if (message.type === 'refused') opening?.reject(refusal(message))
  }

  const onGone = (): void => {
    thread = undefined
    opening?.reject(unavailable(new Error('the journal thread ended')))
    // Whoever waits for a write cannot know; whoever waits for a read only has to ask again.
    for (const id of asked.keys()) settle({ id, fault: 'unknown', text: 'the journal thread ended' })
    closed?.resolve()
  }

  const begin = (): Promise<void> => {
    opening = Promise.withResolvers<void>()
    thread = start({ path, patience }, { onMessage, onGone })
    if (listeners.size > 0) send({ id: 0, operation: 'watch', given: true })
    return opening.promise
  }

  /** All that is asked in one turn goes over in one message. */
  const flush = (): void => {
    const [requests, transfer] = [posts, moved]
    posts = []
    moved = []
    thread?.post(requests, transfer)
  }

  const send = (request: Request, transfer: readonly ArrayBuffer[] = []): void => {
    if (posts.length === 0) process.nextTick(flush)
    posts.push(request)
    moved.push(...transfer)
  }

  await begin()

  return {
    changed,

    ask: (operation, given, transfer) =>
      new Promise((resolve, reject) => {
        if (closed !== undefined) throw unavailable(new Error('the journal is closed'))
        if (thread === undefined) begin().catch(() => {})
        last += 1
        asked.set(last, { resolve, reject })
        send({ id: last, operation, given } as Request, transfer)
      }),

    watch: (listener) => {
      const entry = (): void => listener()
      listeners.add(entry)
      if (listeners.size === 1) send({ id: 0, operation: 'watch', given: true })
      return () => {
        if (!listeners.delete(entry) || listeners.size > 0) return
        send({ id: 0, operation: 'watch', given: false })
      }
    },

    close: async () => {
      if (closed === undefined) {
        closed = Promise.withResolvers<void>()
        listeners.clear()
        if (thread === undefined) closed.resolve()
        else send({ id: 0, operation: 'close' })
      }
      await closed.promise
    },
  }
}
