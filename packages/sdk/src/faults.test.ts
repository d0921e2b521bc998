// The scripts of faults in spec/vectors/sdk: what a client of any language must do.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { play } from './testing/play.ts'
import type { Script } from './testing/script.ts'

const folder = new URL('../../../spec/vectors/sdk/', import.meta.url)

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { about, scripts } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
    readonly about: string
    readonly scripts: readonly Script[]
  }
  describe(`${file}: ${about}`, () => {
    it.concurrent.each(scripts)('$name', async (script) => {
      await expect(play(script)).resolves.toBeUndefined()
    })
  })
}
