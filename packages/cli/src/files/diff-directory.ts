// `konfig diff -f DIR`: what applying a directory would do, and nothing else.
import { exitCodes } from '../exit.ts'
import type { Deps, Given } from '../verb.ts'
import { directoryOptions, planFor } from './apply.ts'
import { planLines } from './show-plan.ts'

export const diffDirectory = async (given: Given, exitCode: boolean, deps: Deps): Promise<number> => {
  const options = directoryOptions(given)
  const { sent, ...plan } = await planFor(options, deps)
  await deps.output.show(plan, (paint) => planLines({ ...plan, sent }, options.prune, paint).join('\n'))
  return exitCode && sent.length > 0 ? exitCodes.different : 0
}
