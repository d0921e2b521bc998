// The thread in which many values are written as a file, so that nobody else waits for them. Knows nothing of tenants or logs.
import { parentPort, workerData } from 'node:worker_threads'
import { type ToWrite, writeHere, type Writing, type Written } from './write-file.ts'

const groups: (Omit<ToWrite, 'isNew' | 'values'> & { readonly values: ToWrite['values'][number][] })[] = []

const answer = (written: Written): void => {
  parentPort?.postMessage(written, written.is === 'written' ? [written.bytes.buffer] : [])
  parentPort?.close()
}

parentPort?.on('message', (piece: ToWrite | 'end') => {
  if (piece === 'end') {
    const result = writeHere(groups, workerData as Writing)
    answer(
      result.ok
        ? { is: 'written', bytes: new TextEncoder().encode(result.value) }
        : { is: 'refused', failure: result.failure },
    )
    return
  }
  const { values, isNew, ...group } = piece
  if (isNew) groups.push({ ...group, values: [] })
  groups.at(-1)?.values.push(...values)
  parentPort?.postMessage({ is: 'next' } satisfies Written)
})
parentPort?.postMessage({ is: 'next' } satisfies Written)
