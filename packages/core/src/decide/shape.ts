// Reads an intention against its kind: name, scope, body. Answers a change, or what is wrong with the shape.
import { Errors } from 'typebox/value'
import Compile from 'typebox/compile'
import { type Finding, withAlternatives } from '../errors/alternatives.ts'
import { excerptOf } from '../errors/excerpt.ts'
import { type Failure, failure } from '../errors/failure.ts'
import { ruleInWords } from '../errors/pattern-words.ts'
import type { Kind, Side } from '../kinds/kind.ts'
import { slugRule } from '../kinds/kind.ts'
import { layerRule } from '../kinds/override.ts'
import { isKindName, kindNames, kinds } from '../kinds/registry.ts'
import { identityOf, type KindName } from '../log/commit.ts'
import type { Intention } from './intention.ts'

const compiled = Object.fromEntries(kindNames.map((name) => [name, Compile(kinds[name].body)])) as Readonly<
  Record<KindName, ReturnType<typeof Compile>>
>

const scopeFailures = ({ scope }: Kind, intention: Intention): readonly Failure[] => {
  const failures: Failure[] = []
  const invalid = (field: string, rule: string): void => {
    failures.push(failure('name_invalid', { pointer: `/metadata/${field}`, rule }))
  }
  for (const field of ['namespace', 'layer', 'environment'] as const) {
    const value = intention[field]
    if (!scope.includes(field)) {
      if (value !== undefined) invalid(field, `a ${intention.kind} has none`)
    } else if (value === undefined) {
      if (field !== 'environment') invalid(field, 'name one')
    } else {
      const rule = field === 'layer' ? layerRule(value) : slugRule(value)
      if (rule !== undefined) invalid(field, rule)
    }
  }
  return failures
}

/** Where the body breaks its schema: every place, each with the rule and never with the value. */
export const bodyFailures = (kind: KindName, body: unknown): readonly Failure[] => {
  if (compiled[kind].Check(body)) return []
  const seen = new Set<string>()
  const failures: Failure[] = []
  const excerpt = excerptOf(body)
  for (const error of withAlternatives(kinds[kind].body, Errors(kinds[kind].body, excerpt.value))) {
    if (excerpt.cut && error.keyword === 'required') continue
    const { pointer, rule } = ruleOf(error)
    if (seen.has(pointer)) continue
    seen.add(pointer)
    failures.push(failure('body_invalid', { pointer: `/spec${pointer}`, rule }))
    if (failures.length >= 20) break
  }
  return failures.length > 0
    ? failures
    : [failure('body_invalid', { pointer: '/spec', rule: 'does not have the shape of its kind' })]
}

const ruleOf = (error: Finding): { pointer: string; rule: string } => {
  if (error.keyword === 'additionalProperties') {
    const { additionalProperties } = error.params as { readonly additionalProperties?: readonly string[] }
    const [first] = additionalProperties ?? []
    return {
      pointer: first === undefined ? error.instancePath : `${error.instancePath}/${first.slice(0, 64)}`,
      rule: 'is not a field here',
    }
  }
  // A field that `additionalProperties: false` shuts out is checked against the schema `false`.
  return { pointer: error.instancePath, rule: error.keyword === 'boolean' ? 'is not a field here' : ruleInWords(error) }
}

/** What is wrong with an intention before any other resource is looked at. */
export const shapeFailures = (intention: Intention, side: Side): readonly Failure[] => {
  if (!isKindName(intention.kind)) return [failure('kind_unknown', { pointer: '/kind', known: kindNames })]
  const kind = kinds[intention.kind]
  if (!kind.sides.includes(side)) return [failure('kind_misplaced', { kind: intention.kind })]
  const rule = kind.name(intention.name)
  return [
    ...(rule === undefined ? [] : [failure('name_invalid', { pointer: '/metadata/name', rule })]),
    ...scopeFailures(kind, intention),
    ...(intention.op === 'put' ? bodyFailures(intention.kind, intention.body) : []),
  ]
}

export const identityOfIntention = (intention: Intention) =>
  identityOf({
    kind: intention.kind,
    name: intention.name,
    namespace: intention.namespace,
    layer: intention.layer,
    environment: intention.environment,
  })
