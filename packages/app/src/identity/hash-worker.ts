// The thread that hashes API keys, at the lowest priority, so that hashing never slows reads. Knows nothing but texts and hashes.
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { compareSync, hashSync } from 'bcrypt'

export type HashTask =
  | { readonly id: number; readonly type: 'hash'; readonly text: string; readonly cost: number }
  | { readonly id: number; readonly type: 'compare'; readonly text: string; readonly hash: string }

export type HashAnswer = {
  readonly id: number
  readonly hash?: string
  readonly same?: boolean
  readonly error?: string
}

// On Linux this is the thread's own priority; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(0, 19)

const carryOut = (task: HashTask): HashAnswer => {
  try {
    return task.type === 'hash'
      ? { id: task.id, hash: hashSync(task.text, task.cost) }
      : { id: task.id, same: compareSync(task.text, task.hash) }
  } catch {
    return { id: task.id, error: 'hashing failed' }
  }
}

parentPort?.on('message', (task: HashTask) => parentPort?.postMessage(carryOut(task)))
