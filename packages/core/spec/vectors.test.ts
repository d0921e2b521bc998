// The language-free cases of spec/vectors/resolve against the resolver: states in, values out.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resolveApplication } from '../src/resolve/application.ts'
import { resolveNamespace } from '../src/resolve/resolve.ts'
import type { Resolved } from '../src/resolve/world.ts'
import type { Intention } from '../src/decide/intention.ts'
import type { KindName } from '../src/log/commit.ts'
import type { JsonObject } from '../src/values/json-value.ts'
import { found, logOf, openStage, platformOf, type Stage, worldFor, write } from './stage.ts'

interface Manifest {
  readonly kind: KindName
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly layer?: string
    readonly environment?: string
  }
  readonly spec: JsonObject
}
interface Commit {
  readonly log: 'platform' | 'tenant'
  readonly put?: readonly Manifest[]
  readonly delete?: readonly Omit<Manifest, 'spec'>[]
}
interface Case {
  readonly name: string
  readonly commits: readonly Commit[]
  readonly reads: readonly {
    readonly environment: string
    readonly application?: string
    readonly values: JsonObject
  }[]
}

const tenant = 'acme'

const intentions = ({ put = [], delete: gone = [] }: Commit): readonly Intention[] => [
  ...put.map(({ kind, metadata, spec }): Intention => ({ op: 'put', kind, ...metadata, body: spec })),
  ...gone.map(({ kind, metadata }): Intention => ({ op: 'delete', kind, ...metadata })),
]

const liveOf = (resolved: ReadonlyMap<string, Resolved>): JsonObject =>
  Object.fromEntries([...resolved].flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])))

const valuesOf = (stage: Stage, environment: string, application: string | undefined): JsonObject => {
  const world = worldFor(stage, tenant, environment)
  if (application !== undefined) {
    const resource = found(stage, tenant, { kind: 'application', name: application })
    return resource === undefined ? {} : liveOf(resolveApplication(world, resource))
  }
  const names = new Set([...platformOf(stage).names('namespace'), ...logOf(stage, tenant).state.names('namespace')])
  return Object.fromEntries([...names].map((name) => [name, liveOf(resolveNamespace(world, name))]))
}

const folder = new URL('../../../spec/vectors/resolve/', import.meta.url)

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { about, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
    readonly about: string
    readonly cases: readonly Case[]
  }
  describe(`${file}: ${about}`, () => {
    it.each(cases)('$name', ({ commits, reads }) => {
      const stage = openStage()
      for (const commit of commits)
        expect(write(stage, commit.log === 'tenant' ? tenant : 'platform', intentions(commit))).toEqual([])
      for (const { environment, application, values } of reads)
        expect(valuesOf(stage, environment, application)).toEqual(values)
    })
  })
}
