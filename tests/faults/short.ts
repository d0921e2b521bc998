// The short form: on each place every fault that it can have strikes once, in the same order every time, while clients work. On a machine that
// is too busy for all of them in half a minute, what was not run is named. Owns the rule; test files say for which places.
import { describe, expect, it } from 'vitest'
import type { Openers } from './backends.ts'
import { faults } from './faults/list.ts'
import { run } from './run.ts'

const seed = 20_261_121
/** Of the half minute that a backend may take once its servers run; the rest is for settling and judging. */
const faultMillis = 20_000

export const keepsItsPromises = (places: Openers): void => {
  describe.each(Object.entries(places))('%s', (backend, open) => {
    it(`keeps what it acknowledged and shows only what was true, whatever breaks (seed ${seed})`, async () => {
      const place = await open()
      try {
        const { findings, figures, missing } = await run(place, {
          seed,
          faults,
          nodes: 2,
          clients: 4,
          longestMillis: 500,
          within: faultMillis,
        })
        // Told, so that nobody takes it for passed.
        for (const { fault, why } of missing) process.stderr.write(`${backend}: ${fault} was not run: ${why}\n`)
        expect(findings).toEqual([])
        expect(figures.acknowledged).toBeGreaterThan(0)
        expect(figures.kills).toBeGreaterThan(0)
        expect(figures.faults.size + missing.length).toBe(
          [...faults, ...(place.own ?? [])].filter((fault) => fault.standing(place).is !== 'meaningless').length,
        )
      } finally {
        await place.remove()
      }
    })
  })
}
