// Faults of the several workers that a node may be. They need a place whose nodes have some.
import { setTimeout as wait } from 'node:timers/promises'
import { aWhile, anyNode, type Fault, possible, type Scene } from './fault.ts'

/** One that runs; undefined where a node is only starting. */
const anyWorker = (scene: Scene): number | undefined => {
  const workers = anyNode(scene).workers()
  return workers.length === 0 ? undefined : scene.random.pick(workers)
}

/** It may have ended meanwhile. */
const signal = (pid: number, name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

const killWorker: Fault = {
  name: 'kill -9 of a worker',
  lane: 'nodes',
  standing: () => possible,
  strike: async (scene) => {
    const worker = anyWorker(scene)
    if (worker !== undefined) signal(worker, 'SIGKILL')
    await aWhile(scene, 0)
  },
}

const freezeWorker: Fault = {
  name: 'freeze of a worker',
  lane: 'nodes',
  standing: () => possible,
  strike: async (scene) => {
    const worker = anyWorker(scene)
    if (worker === undefined) return
    signal(worker, 'SIGSTOP')
    await aWhile(scene)
    signal(worker, 'SIGCONT')
  },
}

/** Frozen for good: its parent must notice and end it. */
const hangWorker: Fault = {
  name: 'hang of a worker',
  lane: 'nodes',
  slow: true,
  standing: () => possible,
  strike: async (scene) => {
    const worker = anyWorker(scene)
    if (worker === undefined) return
    signal(worker, 'SIGSTOP')
    const until = performance.now() + patienceMillis
    while (signal(worker, 0)) {
      if (performance.now() > until) {
        signal(worker, 'SIGCONT')
        throw new Error('nobody noticed that a worker hung')
      }
      await wait(50)
    }
  },
}

/** What nodes are told, in seconds; a parent that is slow to get its turn takes longer. */
export const silenceSeconds = 6
const patienceMillis = 10 * silenceSeconds * 1000

export const workerFaults: readonly Fault[] = [killWorker, freezeWorker, hangWorker]
