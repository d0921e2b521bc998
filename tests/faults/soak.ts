// The long form: each backend in turn for as long as is asked, with progress on the way and one table in the end, which is also kept in a file
// from the first minute on, so that a run that is cut short has told what it had found.
// Usage: SOAK_MINUTES=3 SOAK_BACKENDS="sqlite postgres" SOAK_SEED=7 SOAK_REPORT=.cache/soak.md node tests/faults/soak.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { openers } from './backends.ts'
import { faults } from './faults/list.ts'
import { countsOf, type Figures, tableOf } from './figures.ts'
import { run } from './run.ts'

const minutes = Number(process.env['SOAK_MINUTES'] ?? 10)
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
const backends = (process.env['SOAK_BACKENDS'] ?? Object.keys(openers).join(' ')).split(/[\s,]+/).filter(Boolean)
const path = process.env['SOAK_REPORT'] ?? join(import.meta.dirname, '../../.cache/soak.md')
const began = performance.now()
const say = (text: string): void => {
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${text}\n`)
}

const figures: Figures[] = []
const told: string[] = []
let failed = false
let current = ''
const tell = (text: string): void => {
  told.push(text)
  say(text)
}
const unfinished = (): string => (current === '' ? '' : `\n${current} was not finished: its log was not judged.\n`)
const report = (): string => `${tableOf(figures)}\n${unfinished()}${told.map((line) => `\n${line}`).join('')}\n`
const keep = (): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `Seed ${seed}, ${minutes} minutes each on ${backends.join(', ')}.\n\n${report()}`)
}
const end = (code: number): never => {
  keep()
  process.stdout.write(`\n${report()}`)
  process.exit(code)
}

// Servers end, and disks are unmounted, when this process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(1))

say(`seed ${seed}, ${minutes} minutes each on ${backends.join(', ')}; the report is kept in ${path}`)
for (const backend of backends) {
  const open = openers[backend]
  if (open === undefined) {
    tell(`${backend} is none of ${Object.keys(openers).join(', ')}`)
    failed = true
    continue
  }
  current = backend
  keep()
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
      tell(`${backend}: struck ${countsOf(result.figures.faults)}`)
      tell(`${backend}: told ${countsOf(result.figures.told)}`)
      for (const { fault, why } of result.missing) tell(`${backend}: ${fault} was not run: ${why}`)
      for (const { rule, what } of result.findings.slice(0, 20)) tell(`${backend}: ${rule}: ${what}`)
      if (result.findings.length > 0) failed = true
    } finally {
      await place.remove()
    }
  } catch (reason) {
    tell(`${backend}: the run itself failed: ${inspect(reason)}`)
    failed = true
  }
  current = ''
  keep()
}
end(failed ? 1 : 0)
