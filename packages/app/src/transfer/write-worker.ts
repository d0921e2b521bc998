// The thread in which large exports are written, so that nobody else waits for them. Knows nothing of tenants or logs.
import { writeStored } from '@konfig/files'
import { parentPort, workerData } from 'node:worker_threads'
import { inOrder, type ToWrite, type WriteOptions, type Written } from './write-file.ts'

const { format, layout } = workerData as WriteOptions
const groups: { namespace: string; environment: string | undefined; values: ToWrite['values'][number][] }[] = []

const answer = (written: Written): void => {
  parentPort?.postMessage(written, written.is === 'written' ? [written.bytes.buffer] : [])
  parentPort?.close()
}

parentPort?.on('message', (piece: ToWrite | 'end') => {
  if (piece === 'end') {
    const result = writeStored(inOrder(groups), format, layout)
    answer(
      result.ok
        ? { is: 'written', bytes: new TextEncoder().encode(result.value) }
        : { is: 'refused', failure: result.failure },
    )
    return
  }
  const { values, ...group } = piece
  if (piece.isNew) groups.push({ namespace: group.namespace, environment: group.environment, values: [] })
  groups.at(-1)?.values.push(...values)
  parentPort?.postMessage({ is: 'next' } satisfies Written)
})
parentPort?.postMessage({ is: 'next' } satisfies Written)
