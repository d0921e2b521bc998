// `konfig rollback` without a number, where a key has a long history.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommandLine, openCommandLine } from '../harness/command.ts'
import { session } from '../harness/session.ts'
import { openWorld, type World } from '../harness/world.ts'

let world: World
let line: CommandLine
beforeAll(async () => {
  world = await openWorld()
  line = openCommandLine(world.url)
})
afterAll(async () => {
  line.close()
  await world.close()
})

describe('a rollback to the version before', () => {
  it('finds it however often an environment was changed since', async () => {
    const editor = session(world, world.keys.editor)
    const set = async (value: number, query = ''): Promise<void> => {
      const reply = await editor(`PUT /namespaces/billing/configs/retries${query}`, { body: { value } })
      expect(reply.status).toBeLessThan(300)
    }
    await set(5)
    await set(6)
    for (let count = 0; count < 101; count += 1) await set(count % 5, '?environment=dev')
    expect(await line.run(['rollback', 'billing/retries'], { env: { KONFIG_API_KEY: world.keys.editor } })).toEqual({
      code: 0,
      output: '',
      errors: '✓ billing/retries is 5, as in version 3\n',
    })
  })
})
