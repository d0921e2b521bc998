// A namespace that had no key when it was asked.
import { expect, it } from 'vitest'
import { readNamespace } from './read-namespace.ts'
import { textOf } from './face.ts'
import { config, openWorld, put, reader } from './testing/world.ts'

it('answers the first key of a namespace that was asked when it was empty', async () => {
  const world = await openWorld()
  await world.write('tenant', put('namespace', 'empty'))
  const read = async (): Promise<unknown> =>
    JSON.parse(textOf(await readNamespace(world.tenant(reader), { namespace: 'empty', environment: 'production' })))
      .values
  expect(await read()).toEqual({ empty: {} })
  await world.write('tenant', config('empty', 'first', { type: 'number', value: 1 }))
  expect(await read()).toEqual({ empty: { first: 1 } })
  await world.close()
})
