// `konfig restore`: brings a namespace, what is set in an environment, or all configuration back to an earlier moment.
import { writeFlags } from '../flags.ts'
import { usage } from '../problem/problem.ts'
import { isSet, textOf, verb } from '../verb.ts'
import { sendWrite, type WriteFlags, writeFlagsOf } from '../write/send-write.ts'
import { conflictFlag } from './revert.ts'
import { showUndone } from './undone.ts'

interface Options {
  readonly to: string
  readonly scope: { readonly namespace: string } | { readonly environment: string } | { readonly tenant: true }
  readonly onConflict: string | undefined
  readonly write: WriteFlags
}

export const restore = verb<Options>({
  description: 'Only configuration goes back: members, roles and keys stay as they are today.',
  arguments: [{ name: 'MOMENT', description: 'A revision, a point such as 812-450, or a time (RFC 3339)' }],
  flags: [
    { name: 'namespace', short: 'n', value: 'NAME', description: 'Bring this namespace back' },
    { name: 'environment', short: 'e', value: 'NAME', description: 'Bring back what is set in this environment' },
    { name: 'all', description: 'Bring all configuration of the tenant back' },
    conflictFlag,
    ...writeFlags,
  ],
  examples: ['restore 450 --namespace billing --dry-run', 'restore 2026-11-01T00:00:00Z --environment staging'],
  parse: (given) => {
    const namespace = textOf(given, 'namespace')
    const environment = textOf(given, 'environment')
    const scopes = [
      ...(namespace === undefined ? [] : [{ namespace }]),
      ...(environment === undefined ? [] : [{ environment }]),
      ...(isSet(given, 'all') ? [{ tenant: true as const }] : []),
    ]
    const [scope, second] = scopes
    if (scope === undefined || second !== undefined)
      return usage(
        'What should be brought back is not named once.',
        'Give one of --namespace NAME, --environment NAME and --all.',
      )
    return { to: given.arguments[0] ?? '', scope, onConflict: textOf(given, 'on-conflict'), write: writeFlagsOf(given) }
  },
  run: async ({ to, scope, onConflict, write }, deps) => {
    const { body } = await sendWrite(
      {
        request: {
          method: 'POST',
          path: '/restore',
          body: { to, scope, ...(onConflict === undefined ? {} : { onConflict }) },
        },
        flags: write,
        act: `restore ${'tenant' in scope ? 'all configuration' : Object.entries(scope).flat().join(' ')} to ${to}`,
        destructive: true,
      },
      deps,
    )
    await showUndone(body, write.dryRun, deps)
  },
})
