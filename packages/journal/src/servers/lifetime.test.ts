import { expect, it } from 'vitest'
import { openLifetime } from './lifetime.ts'

it('lets go once, when nothing that was counted runs any more, however that ended', async () => {
  const said: string[] = []
  const { closed, close, count } = openLifetime(10_000, async () => said.push('let go'))
  const [landing, failing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  count(landing.promise.finally(() => said.push('landed')))
  count(failing.promise.finally(() => said.push('failed')))
  expect(closed()).toBe(false)
  const closing = Promise.all([close(), close()])
  expect(closed()).toBe(true)
  failing.reject(new Error('the answer was lost'))
  landing.resolve()
  await closing
  expect(said.toSorted()).toEqual(['failed', 'landed', 'let go'])
  expect(said.at(-1)).toBe('let go')
})
