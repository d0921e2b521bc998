// `konfig revert`: puts the resources of one commit back as they were before it.
import { writeFlags } from '../flags.ts'
import { pathOf } from '../http/client.ts'
import { usage } from '../problem/problem.ts'
import { type Flag, textOf, verb } from '../verb.ts'
import { sendWrite, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { showUndone } from './undone.ts'

interface Options {
  readonly revision: string
  readonly onConflict: string | undefined
  readonly write: WriteFlags
}

export const conflictFlag: Flag = {
  name: 'on-conflict',
  value: 'HOW',
  choices: ['fail', 'skip'],
  description: 'Where later changes stand in the way: do nothing (fail), or leave those as they are (skip)',
}

export const revert = verb<Options>({
  arguments: [{ name: 'REVISION', description: 'The commit; see `konfig commit list`' }],
  flags: [conflictFlag, ...writeFlags],
  examples: ['revert 42 --dry-run', 'revert 42 --on-conflict skip'],
  parse: (given) => {
    const [revision = ''] = given.arguments
    if (!/^[1-9]\d{0,14}$/.test(revision)) usage('The revision is not a number.', 'See `konfig commit list`.')
    return { revision, onConflict: textOf(given, 'on-conflict'), write: writeFlagsOf(given) }
  },
  run: async ({ revision, onConflict, write }, deps) => {
    const { body } = await sendWrite(
      {
        request: { method: 'POST', path: pathOf`/commits/${revision}/revert`, query: { onConflict } },
        flags: write,
        act: `revert commit ${revision}`,
      },
      deps,
    )
    await showUndone(body, write.dryRun, deps)
  },
})
