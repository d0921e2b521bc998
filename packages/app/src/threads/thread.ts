// Threads for long files, few at a time: who may have one, how long it may take and how much memory. Knows nothing of what they do.
import { type Failure, failure, KonfigError } from '@konfig/core'
import { Worker } from 'node:worker_threads'

/** What waits for a thread is held in memory meanwhile: larger files do not wait. */
const patientLength = 262_144
const maximumMillis = 120_000
const maximumMebibytes = 1024
/** What is made of a file mostly stays: small steps of the collector would only copy it. */
const youngMebibytes = 64
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

/** What a job takes too much of. */
export type Excess = 'time' | 'memory'

export interface Job<Message, Answer> {
  readonly script: URL
  readonly data: unknown
  /** Characters that it is about: long ones do not wait for a thread. */
  readonly length: number
  /** What the thread says: an answer ends the job, `undefined` goes on. `post` speaks to the thread. */
  readonly onMessage: (message: Message, post: (message: unknown) => void) => Answer | undefined
  readonly refusal: (excess: Excess) => Failure
}

const run = <Message, Answer>({ script, data, onMessage, refusal }: Job<Message, Answer>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: maximumMebibytes, maxYoungGenerationSizeMb: youngMebibytes },
    })
    const late = setTimeout(() => {
      reject(new KonfigError(refusal('time')))
      void worker.terminate()
    }, maximumMillis)
    const end = (settle: () => void): void => {
      clearTimeout(late)
      settle()
    }
    worker.on('message', (message: Message) => {
      try {
        const answer = onMessage(message, (reply) => worker.postMessage(reply))
        if (answer !== undefined) end(() => resolve(answer))
      } catch (reason) {
        end(() => reject(reason as Error))
        void worker.terminate()
      }
    })
    worker.on('error', (cause: { readonly code?: string }) =>
      end(() =>
        reject(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new KonfigError(refusal('memory'), { cause }) : cause),
      ),
    )
    // A thread that ends without an answer leaves nobody waiting for ever.
    worker.on('exit', () => end(() => reject(new Error('a thread ended without an answer'))))
  })

/** Throws the job's refusal, what `onMessage` throws, and `overloaded` where several large jobs, or many, are being done already. */
export const inThread = async <Message, Answer>(job: Job<Message, Answer>): Promise<Answer> => {
  await takeTurn(job.length)
  try {
    return await run(job)
  } finally {
    giveTurn()
  }
}
