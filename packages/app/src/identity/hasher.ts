// Hashes and compares API keys in a thread of its own, through a bounded queue. Owns the thread; knows nothing of keys or tenants.
import { failure, KonfigError } from '@konfig/core'
import { Worker } from 'node:worker_threads'
import type { HashAnswer, HashTask } from './hash-worker.ts'

export interface Hasher {
  /** Rejects with `overloaded` where too many wait, with `too_large` beyond 72 bytes. */
  readonly hash: (text: string, cost: number) => Promise<string>
  readonly compare: (text: string, hash: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

type Task = HashTask extends infer Each ? (Each extends HashTask ? Omit<Each, 'id'> : never) : never

interface Waiting {
  readonly resolve: (answer: HashAnswer) => void
  readonly reject: (reason: unknown) => void
}

const maximumWaiting = 1000
/** bcrypt reads no further; two keys that differ beyond it would be the same key. */
const maximumBytes = 72

const broken = (cause?: unknown): KonfigError =>
  new KonfigError(failure('unavailable', { what: 'Checking API keys', seconds: 1 }), { cause })

export const openHasher = (): Hasher => {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let next = 0

  const giveUp = (reason: unknown): void => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(broken(reason))
    waiting.clear()
  }

  const start = (): Worker => {
    const started = new Worker(new URL('./hash-worker.ts', import.meta.url))
    started.on('message', (answer: HashAnswer) => {
      const found = waiting.get(answer.id)
      waiting.delete(answer.id)
      // An idle thread does not keep the process alive.
      if (waiting.size === 0) started.unref()
      if (answer.error === undefined) found?.resolve(answer)
      else found?.reject(broken())
    })
    started.on('error', (reason) => {
      if (worker === started) giveUp(reason)
    })
    started.on('exit', () => {
      if (worker === started) giveUp(undefined)
    })
    return started
  }

  const ask = (task: Task): Promise<HashAnswer> =>
    new Promise((resolve, reject) => {
      if (Buffer.byteLength(task.text) > maximumBytes) {
        reject(new KonfigError(failure('too_large', { what: 'A key', limit: `${maximumBytes} bytes` })))
        return
      }
      if (waiting.size >= maximumWaiting) {
        reject(new KonfigError(failure('overloaded', { seconds: 1 })))
        return
      }
      worker ??= start()
      worker.ref()
      const id = next++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ ...task, id })
    })

  return {
    hash: async (text, cost) => (await ask({ type: 'hash', text, cost })).hash ?? '',
    compare: async (text, hash) => (await ask({ type: 'compare', text, hash })).same === true,
    close: async () => {
      const ending = worker
      worker = undefined
      for (const { reject } of waiting.values()) reject(broken())
      waiting.clear()
      await ending?.terminate()
    },
  }
}
