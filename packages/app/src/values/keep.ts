// Answers a question from what is kept, or makes the answer and keeps it. Owns which of the two caches is asked; knows nothing of what is in an answer.
import type { Dependency } from '@konfig/core'
import type { Context } from '../context.ts'
import { basisOf, holds } from './basis.ts'
import type { Form } from './cache.ts'
import type { ReadyAnswer } from './face.ts'
import { environmentName, type Question } from './question.ts'
import { ready } from './ready.ts'

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

export const answerFrom = (
  { app, log }: Pick<Context, 'app' | 'log'>,
  question: Question,
  slot: Slot,
  make: () => Made,
): ReadyAnswer => {
  const { tenant, platform, environment } = question
  const { namespace, form, key } = slot
  if (question.past) {
    const name = `${log.log} ${platform.revision}-${tenant.revision} ${environment} ${namespace} ${form} ${key}`
    const found = app.pastAnswers.get(name)
    if (found !== undefined) return found
    const answer = ready(make().bytes)
    app.pastAnswers.keep(name, answer)
    return answer
  }
  const shelf = app.answers.shelf(log.log, environment, namespace)
  const entry = form === 'whole' ? shelf?.whole : (form === 'key' ? shelf?.keys : shelf?.others)?.get(key)
  if (entry !== undefined && holds(entry.basis, tenant, platform)) {
    entry.used = true
    return entry
  }
  const made = make()
  const answer = ready(made.bytes)
  const place = { log: log.log, environment: environmentName(question), namespace }
  app.answers.keep(place, form, made.key ?? key, answer, basisOf(made.groups(), tenant, platform))
  return answer
}
