// Judges manifests by core's own rules without any server: as a tenant that holds nothing but them would. What rests on things
// that are not among the files is told apart. Pure.
import {
  checkValue,
  configSpace,
  decide,
  type Definition,
  emptyState,
  evolve,
  type Failure,
  type Handle,
  type Intention,
  type Issue,
  maximumChanges,
  type Side,
} from '@konfig/core'
import { intentionOf, type Manifest, type Plain } from '@konfig/files'
import type { Complaint } from './complaint.ts'
import type { Source } from './read-manifests.ts'

/** Every installation has them from its first start. */
const usualEnvironments = ['dev', 'staging', 'production']

/** Only a server can say whether these are there. */
const open: ReadonlySet<string> = new Set(['target_unknown', 'reference_unknown', 'resource_not_found'])

interface Asked {
  readonly source: Source
  readonly intention: Intention
}

const newIds = (): (() => string) => {
  let count = 0
  return () => `00000000-0000-4000-8000-${String(count++).padStart(12, '0')}`
}

const land = (state: Handle, changes: Parameters<typeof evolve>[1]['changes']): Handle =>
  evolve(state, {
    id: '',
    revision: state.revision + 1,
    time: 0,
    actor: 'system',
    origin: { type: 'decide' },
    platform: 1,
    changes,
  })

const usualPlatform = (newId: () => string): Handle =>
  land(
    emptyState('platform'),
    usualEnvironments.map((name) => ({ op: 'put', kind: 'environment', name, id: newId(), previous: 0, body: {} })),
  )

const issuesOf = ({ code, detail, data, errors }: Failure): readonly Issue[] => {
  if (errors !== undefined && errors.length > 0) return errors.map((issue) => ({ ...issue, index: issue.index ?? 0 }))
  return [{ index: 0, code, detail, ...(typeof data['pointer'] === 'string' ? { pointer: data['pointer'] } : {}) }]
}

const complaintAt = ({ file, line }: Source, { code, detail, pointer }: Issue): Complaint => ({
  file,
  line,
  ...(pointer === undefined ? {} : { pointer }),
  code,
  detail,
  ...(open.has(code) ? { isOpen: true } : {}),
})

const configOf = ({ kind, namespace, name }: Intention): string | undefined =>
  kind === 'config' || kind === 'override' ? `${namespace ?? ''}/${name}` : undefined

export interface Judged {
  readonly complaints: readonly Complaint[]
  /** All that holds, to judge plain files against. */
  readonly state: Handle
}

const rounds = 50

/** What others stand in is put there without its body, so that they are judged too; once. */
const standIn = ({ source, intention }: Asked): readonly Asked[] =>
  (intention.kind === 'namespace' || intention.kind === 'environment') &&
  intention.op === 'put' &&
  Object.keys(intention.body).length > 0
    ? [{ source, intention: { ...intention, body: {} } }]
    : []

/** `known`: what is taken to be there already, and not judged itself. */
export const judge = (sources: readonly Source[], known: readonly Manifest[], side: Side): Judged => {
  const newId = newIds()
  const platform = usualPlatform(newId)
  const complaints: Complaint[] = []
  const asked = (source: Source): readonly Asked[] => {
    const read = intentionOf('put', source.manifest, side)
    if (read.ok) return [{ source, intention: read.value }]
    complaints.push(...issuesOf(read.failure).map((issue) => complaintAt(source, issue)))
    return []
  }
  let state = side === 'platform' ? platform : emptyState('tenant')
  /** What is refused is left out, and the rest judged again, so that all is said at once. */
  const settle = (all: readonly Asked[], tell: boolean): void => {
    let left = all
    const broken = new Set<string>()
    for (let round = 0; round < rounds && left.length > 0; round++) {
      const deciding = { side, state, platform: side === 'platform' ? state : platform, newId }
      const decided = decide(
        deciding,
        left.map(({ intention }) => intention),
      )
      if (decided.ok) {
        state = land(state, decided.value)
        return
      }
      const issues = issuesOf(decided.failure)
      const wrong = new Set<Asked>()
      for (const issue of issues) {
        const one = left[issue.index ?? 0]
        if (one === undefined) continue
        wrong.add(one)
        const config = configOf(one.intention)
        // An override of a key that was refused says nothing new.
        const follows = open.has(issue.code) && config !== undefined && broken.has(config)
        if (tell && !follows) complaints.push(complaintAt(one.source, issue))
      }
      for (const { intention } of wrong) if (intention.kind === 'config') broken.add(configOf(intention) ?? '')
      left = left.flatMap((one) => (wrong.has(one) ? standIn(one) : [one]))
    }
  }
  const parts = (all: readonly Asked[], tell: boolean): void => {
    for (let at = 0; at < all.length; at += maximumChanges) settle(all.slice(at, at + maximumChanges), tell)
  }
  parts(
    known.flatMap((manifest) => {
      const read = intentionOf('put', manifest, side)
      return read.ok ? [{ source: { manifest, file: '', line: 0 }, intention: read.value }] : []
    }),
    false,
  )
  parts(sources.flatMap(asked), true)
  return { complaints, state }
}

/** A plain file: what it contradicts itself in, and values that their definitions do not take. */
export const judgePlain = (file: string, plain: Plain, state: Handle): readonly Complaint[] => {
  const { namespace, configs, overrides, conflicts } = plain
  const wrong = (
    key: string,
    line: number,
    value: Parameters<typeof checkValue>[1] | undefined,
  ): readonly Complaint[] => {
    const definition = state.get(configSpace(namespace), key)?.body
    if (definition === undefined || value === undefined) return []
    return checkValue(definition as unknown as Definition, value).map(({ pointer, rule }) => ({
      file,
      line,
      ...(pointer === '' ? {} : { pointer }),
      code: 'value_invalid' as const,
      detail: `The value of ${namespace}/${key} breaks its rule: ${rule}.`,
    }))
  }
  return [
    ...conflicts.map(
      ({ key, reason, lines, places }): Complaint => ({
        file,
        ...(places === undefined && lines[0] !== undefined ? { line: lines[0] } : {}),
        code: 'import_contradicts',
        detail: `${namespace}/${key} ${reason === 'types' ? 'has values of different types' : 'is set to different values'} (${places === undefined ? `lines ${lines.join(', ')}` : places.join(', ')}).`,
      }),
    ),
    ...configs.flatMap(({ key, line, value }) => wrong(key, line, value)),
    ...overrides.flatMap(({ key, line, value }) => wrong(key, line, value)),
  ]
}
