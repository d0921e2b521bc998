// The short form: on each backend every fault that it can have strikes once, the same way every time, while clients work.
import { describe, expect, it } from 'vitest'
import { openers, shortOnes } from './backends.ts'
import { faults } from './faults/list.ts'
import { run } from './run.ts'

const seed = 20_261_121

describe.each(shortOnes)('%s', (backend) => {
  it(`keeps what it acknowledged and shows only what was true, whatever breaks (seed ${seed})`, async () => {
    const place = await openers[backend]?.()
    if (place === undefined) throw new Error(`there is no backend ${backend}`)
    try {
      const { findings, figures, missing } = await run(place, {
        seed,
        faults,
        nodes: 2,
        clients: 4,
        longestMillis: 500,
      })
      // Told, so that nobody takes it for passed.
      for (const { fault, why } of missing) process.stderr.write(`${backend}: ${fault} was not run: ${why}\n`)
      expect(findings).toEqual([])
      expect(figures.acknowledged).toBeGreaterThan(20)
      expect(figures.faults.size + missing.length).toBe(
        [...faults, ...(place.own ?? [])].filter((fault) => fault.standing(place).is !== 'meaningless').length,
      )
    } finally {
      await place.remove()
    }
  })
})
