// The long form: each backend in turn for as long as is asked, with progress on the way and one table in the end.
// Usage: SOAK_MINUTES=3 SOAK_BACKENDS="sqlite postgres" SOAK_SEED=7 node tests/faults/soak.ts
import { inspect } from 'node:util'
import { openers } from './backends.ts'
import { faults } from './faults/list.ts'
import { countsOf, type Figures, tableOf } from './figures.ts'
import { run } from './run.ts'

const minutes = Number(process.env['SOAK_MINUTES'] ?? 10)
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
const backends = (process.env['SOAK_BACKENDS'] ?? Object.keys(openers).join(' ')).split(/[\s,]+/).filter(Boolean)
const began = performance.now()
const say = (text: string): void => {
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${text}\n`)
}

// Servers end, and disks are unmounted, when this process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const figures: Figures[] = []
const missing: string[] = []
let failed = false
say(`seed ${seed}, ${minutes} minutes each on ${backends.join(', ')}`)
for (const backend of backends) {
  const open = openers[backend]
  if (open === undefined) {
    say(`${backend} is none of ${Object.keys(openers).join(', ')}`)
    failed = true
    continue
  }
  try {
    const place = await open()
    try {
      const result = await run(place, {
        seed,
        faults,
        nodes: 3,
        clients: 6,
        longestMillis: 3000,
        millis: minutes * 60_000,
        say,
      })
      figures.push(result.figures)
      say(`${backend}: struck ${countsOf(result.figures.faults)}`)
      say(`${backend}: told ${countsOf(result.figures.told)}`)
      for (const { fault, why } of result.missing) missing.push(`${backend}: ${fault} was not run: ${why}`)
      for (const { rule, what } of result.findings.slice(0, 20)) say(`${backend}: ${rule}: ${what}`)
      if (result.findings.length > 0) failed = true
    } finally {
      await place.remove()
    }
  } catch (reason) {
    say(`${backend}: the run itself failed: ${inspect(reason)}`)
    failed = true
  }
}
process.stdout.write(`\n${tableOf(figures)}\n${missing.map((line) => `\n${line}`).join('')}\n`)
process.exit(failed ? 1 : 0)
