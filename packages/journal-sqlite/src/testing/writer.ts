// A process of its own that appends to one log until it has landed enough or is killed. Prints each batch that was acknowledged.
// Usage: node writer.ts <path> <writer> <count>
import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { openSqlite } from '../open.ts'

const [path = '', writer = '', count = '0'] = process.argv.slice(2)
// Others write as well, on a machine that may be busy: only what hangs shall end.
const { journal } = await openSqlite({ path, clock: { now: Date.now }, patience: 60_000 })

/** Straight to the pipe: what was printed was acknowledged before a kill. A reader that is busy is waited for. */
const say = async (text: string): Promise<void> => {
  for (let left = Buffer.from(text); left.length > 0; )
    try {
      left = left.subarray(writeSync(1, left))
    } catch (reason) {
      if (!(reason instanceof Error && 'code' in reason && reason.code === 'EAGAIN')) throw reason
      await wait(5)
    }
}

for (let landed = 0; landed < Number(count); ) {
  const head = Number(await journal.head('log'))
  const payload = Buffer.from(`${writer} ${landed}`)
  const [landing] = await journal.append([{ log: 'log', first: head + 1, last: head + 1, payload }])
  if (landing !== 'landed') continue
  landed += 1
  await say(`${head + 1} ${payload.toString()}\n`)
}
await journal.close()
