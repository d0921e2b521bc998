// `konfig watch`: each change of the values as it happens, until Ctrl-C.
import { exitCodes } from '../exit.ts'
import { plain } from '../output/plain.ts'
import { valueCell } from '../output/table.ts'
import { usage } from '../problem/problem.ts'
import { type Deps, textOf, verb } from '../verb.ts'
import { parseKey } from '../values/place.ts'
import { type Followed, follow, followedOf, followFlags, scopeOf } from './follow.ts'
import type { Konfig } from '@konfig/sdk'

interface Options {
  readonly followed: Followed
  readonly key: string | undefined
  readonly changes: number
}

interface Told {
  readonly name: string
  readonly value: unknown
  readonly removed: boolean
}

const tell = ({ name, value, removed }: Told, point: string | undefined, { terminal, output, now }: Deps): void => {
  if (output.format !== 'table') {
    terminal.write(`${JSON.stringify({ name, ...(removed ? { removed } : { value }), point })}\n`)
    return
  }
  const { paint } = output
  const time = new Date(now()).toISOString().slice(11, 19)
  terminal.write(
    `${paint.dim(time)}  ${paint.bold(plain(name))}  ${removed ? paint.red('without a value') : valueCell(value)}\n`,
  )
}

/** Ends when it was aborted, or after so many changes; 0 is never. */
const changesOf = (konfig: Konfig, { key, changes }: Options, deps: Deps): Promise<void> =>
  new Promise((resolve) => {
    let told = 0
    deps.signal.addEventListener('abort', () => resolve(), { once: true })
    if (deps.signal.aborted) resolve()
    konfig.on('change', ({ changed, removed, point }) => {
      const names = [
        ...changed.map((name) => ({ name, removed: false })),
        ...removed.map((name) => ({ name, removed: true })),
      ]
      for (const each of names) {
        if ((key !== undefined && each.name !== key) || (changes > 0 && told >= changes)) continue
        tell({ ...each, value: konfig.get(each.name) }, point, deps)
        told += 1
      }
      if (changes > 0 && told >= changes) resolve()
    })
  })

/** A name alone is a key of the settled namespace; where none is settled, it may have been meant for one. */
const checkPlace = (key: string, { namespace, application }: ReturnType<typeof scopeOf>): void => {
  if (namespace === undefined && application === undefined)
    usage(
      'The namespace of the key is not known.',
      `Write NAMESPACE/${key}; or, to follow all keys of a namespace, --namespace ${key}.`,
    )
}

export const watch = verb<Options>({
  description: 'With JSON, each change is a line of its own.',
  arguments: [{ name: 'NAMESPACE/KEY', description: 'Only this key, beginning with its value now', optional: true }],
  flags: [...followFlags, { name: 'changes', value: 'N', description: 'End after so many changes' }],
  examples: ['watch --environment production', 'watch billing/timeout -e production --json'],
  parse: (given) => {
    const [name] = given.arguments
    const followed = followedOf(given)
    const changes = textOf(given, 'changes') ?? '0'
    if (!/^\d{1,9}$/.test(changes)) usage('--changes is not a whole number.')
    if (name === undefined) return { followed, key: undefined, changes: Number(changes) }
    if (followed.application !== undefined) return { followed, key: name, changes: Number(changes) }
    const { namespace, key } = parseKey(name)
    return { followed: { ...followed, namespace: namespace ?? followed.namespace }, key, changes: Number(changes) }
  },
  run: async (options, deps) => {
    const { output } = deps
    if (options.key !== undefined) checkPlace(options.key, scopeOf(options.followed, deps))
    const konfig = await follow(options.followed, deps, (why) =>
      output.say(`${output.notePaint.yellow('warning:')} not up to date: ${plain(why)}`),
    )
    konfig.on('ready', () => output.say('Up to date again.'))
    const { environment, namespace, application } = scopeOf(options.followed, deps)
    const what = options.key ?? application ?? namespace ?? 'all values'
    output.say(
      output.notePaint.dim(`Following ${what}${environment === undefined ? '' : ` in ${environment}`}; Ctrl-C ends.`),
    )
    if (options.key !== undefined) {
      const value = konfig.get(options.key)
      tell({ name: options.key, value, removed: value === undefined }, konfig.point, deps)
    }
    await changesOf(konfig, options, deps)
    await konfig.close()
    return deps.signal.aborted ? exitCodes.interrupted : 0
  },
})
