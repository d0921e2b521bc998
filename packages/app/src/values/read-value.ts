// GET /values/{ns}/{key}: one key, resolved by itself. What is asked again comes from what is kept.
import { dependenciesSoFar, failure, KonfigError, resolveKey, traceKey } from '@konfig/core'
import { type Context, notFound } from '../context.ts'
import { explainKey, reasonsOf } from './explain.ts'
import type { ReadOptions, ValuesAnswer } from './face.ts'
import { findAnswer, keepAnswer, type Made, type Slot } from './keep.ts'
import { namespaceAsked, type Question, questionOf, worldFor } from './question.ts'
import { ready } from './ready.ts'
import { mediaTypes } from './write.ts'

export interface KeyAsked extends ReadOptions {
  readonly namespace: string
  readonly key: string
}

const makeKey = (context: Context, question: Question, namespace: string, key: string, explained: boolean): Made => {
  const world = worldFor(question)
  const resolved = resolveKey(world, namespace, key)
  if (resolved === undefined) throw notFound('config', `${namespace}/${key}`)
  const { definition, value } = resolved
  const { environment } = question
  if (value === undefined) {
    const reasons = reasonsOf(context, world, namespace, key)
    throw new KonfigError(failure('no_value', { namespace, key, environment, reasons }))
  }
  const head = JSON.stringify({ namespace, key, environment, type: definition.body['type'], value })
  const traced = explained ? traceKey(world, namespace, key) : undefined
  const text =
    traced === undefined
      ? head
      : `${head.slice(0, -1)},"explanation":[${explainKey(context, world, namespace, traced).join(',')}]}`
  return { bytes: Buffer.from(text, 'utf8'), key: definition.name, groups: () => dependenciesSoFar(world) }
}

/** Throws `environment_required`, `denied`, `resource_not_found`, `no_value` with its reasons, `revision_not_found`, `too_large`. */
export const readValue = async (context: Context, asked: KeyAsked): Promise<ValuesAnswer> => {
  const question = await questionOf(context, asked)
  const namespace = namespaceAsked(context, question, asked.namespace)
  const slot: Slot = { namespace, form: 'key', key: asked.key }
  const make = () => makeKey(context, question, namespace, asked.key, asked.explain === true)
  const answer =
    asked.explain === true
      ? ready(make().bytes)
      : (findAnswer(context, question, slot) ?? keepAnswer(context, question, slot, make()))
  return {
    etag: answer.etag,
    body: answer.body,
    length: answer.length,
    point: question.point,
    mediaType: mediaTypes.json,
  }
}
