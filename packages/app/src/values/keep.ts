// Answers a question from what is kept, or keeps what was made for it. Owns which of the two caches is asked; knows nothing of what is in an answer.
import type { Dependency } from '@konfig/core'
import type { Context } from '../context.ts'
import { basisOf, holds } from './basis.ts'
import type { Form } from './cache.ts'
import type { ReadyAnswer } from './face.ts'
import { environmentName, type Question } from './question.ts'
import { ready } from './ready.ts'

type Around = Pick<Context, 'app' | 'log'>

export interface Slot {
  /** '' for what is of no single namespace. */
  readonly namespace: string
  readonly form: Form
  readonly key: string
}

export interface Made {
  readonly bytes: Buffer
  /** What it depends on; only asked for where the answer may change. */
  readonly groups: () => readonly Dependency[]
  /** The slot's key as the state has it; the slot's own if it is left out. */
  readonly key?: string
}

const nameOf = ({ log }: Around, { platform, tenant, environment }: Question, { namespace, form, key }: Slot): string =>
  `${log.log} ${platform.revision}-${tenant.revision} ${environment} ${namespace} ${form} ${key}`

export const findAnswer = (around: Around, question: Question, slot: Slot): ReadyAnswer | undefined => {
  const { app, log } = around
  if (question.past) return app.pastAnswers.get(nameOf(around, question, slot))
  const { namespace, form, key } = slot
  const shelf = app.answers.shelf(log.log, question.environment, namespace)
  const entry = form === 'whole' ? shelf?.whole : (form === 'key' ? shelf?.keys : shelf?.others)?.get(key)
  if (entry === undefined || !holds(entry.basis, question.tenant, question.platform)) return undefined
  entry.used = true
  return entry
}

/** Throws `too_large`. */
export const keepAnswer = (around: Around, question: Question, slot: Slot, made: Made): ReadyAnswer => {
  const { app, log } = around
  const answer = ready(made.bytes)
  if (question.past) {
    app.pastAnswers.keep(nameOf(around, question, slot), answer)
    return answer
  }
  const place = { log: log.log, environment: environmentName(question), namespace: slot.namespace }
  app.answers.keep(
    place,
    slot.form,
    made.key ?? slot.key,
    answer,
    basisOf(made.groups(), question.tenant, question.platform),
  )
  return answer
}

/** For what takes long: control goes back to others while it is made, and it is made once however many ask. */
export const answerOnce = async (
  around: Around,
  question: Question,
  slot: Slot,
  make: () => Promise<Made>,
): Promise<ReadyAnswer> =>
  findAnswer(around, question, slot) ??
  around.app.answers.share(`${nameOf(around, question, slot)} ${question.past}`, async () =>
    keepAnswer(around, question, slot, await make()),
  )
