// Runs the benchmarks, all or those named, one after the other; writes bench/results.json and prints a table.
// Ends with 0 also where a goal is missed: machines differ, and the table says so.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Figure } from './figure.ts'

const cases: Readonly<Record<string, () => Promise<Case>>> = {
  reads: async () => (await import('./cases/reads.ts')).reads,
  'many-tenants': async () => (await import('./cases/many-tenants.ts')).manyTenants,
  boot: async () => (await import('./cases/boot.ts')).boot,
  'large-tenant': async () => (await import('./cases/large-tenant.ts')).largeTenant,
  commits: async () => (await import('./cases/commits.ts')).commits,
  postgres: async () => (await import('./cases/postgres.ts')).postgres,
  mongodb: async () => (await import('./cases/mongodb.ts')).mongodb,
  mysql: async () => (await import('./cases/mysql.ts')).mysqlAndMariadb,
  dynamodb: async () => (await import('./cases/dynamodb.ts')).dynamodb,
  'cold-load': async () => (await import('./cases/cold-load.ts')).coldLoad,
  nodes: async () => (await import('./cases/nodes.ts')).nodes,
  import: async () => (await import('./cases/import.ts')).importing,
  'reads-meanwhile': async () => (await import('./cases/reads-meanwhile.ts')).readsMeanwhile,
  cli: async () => (await import('./cases/cli.ts')).cli,
  'platform-change': async () => (await import('./cases/platform-change.ts')).platformChange,
  streams: async () => (await import('./cases/streams.ts')).streams,
  sdk: async () => (await import('./cases/sdk.ts')).sdk,
}

const file = join(import.meta.dirname, 'results.json')

const known = (): readonly Figure[] => {
  if (!existsSync(file)) return []
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return Array.isArray(read) ? (read as readonly Figure[]) : []
}

const table = (figures: readonly Figure[]): string => {
  const rows = figures.map(({ name, ratio, goal, holds, unit }) => [
    name,
    String(ratio),
    goal,
    unit,
    holds ? 'holds' : 'MISSED',
  ])
  const all = [['figure', 'measured', 'goal', 'of what', ''], ...rows]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(cases, name))
if (unknown.length > 0) {
  process.stderr.write(`There is no case ${unknown.join(', ')}; there are ${Object.keys(cases).join(', ')}.\n`)
  process.exit(2)
}

const figures: Figure[] = []
const failed: string[] = []
for (const [name, load] of Object.entries(cases)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stdout.write(`== ${name}\n`)
  try {
    const run = await load()
    figures.push(...(await run((line) => process.stdout.write(`${line}\n`))))
  } catch (reason) {
    failed.push(name)
    process.stderr.write(
      `${name} did not run: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
    )
  }
  // A run of some cases replaces their figures and leaves the others.
  const names = new Set(figures.map((figure) => figure.name))
  const before = asked.length === 0 ? [] : known().filter((figure) => !names.has(figure.name))
  writeFileSync(file, `${JSON.stringify([...before, ...figures], null, 2)}\n`)
}

const missed = figures.filter(({ holds }) => !holds)
process.stdout.write(`\n${table(figures)}\n\n${figures.length - missed.length} of ${figures.length} goals hold.\n`)
for (const { name, ratio, goal, unit } of missed)
  process.stdout.write(`MISSED: ${name}: ${ratio} ${unit}, goal ${goal}\n`)
if (failed.length > 0) {
  process.stdout.write(`Did not run: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
