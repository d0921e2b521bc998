// `konfig explain`: why a key is worth what it is: the layer that wins, and all that it shadows.
import { actorNames, withNames } from '../history/actors.ts'
import { atFlag, environmentFlag, namespaceFlag } from '../flags.ts'
import { pathOf } from '../http/client.ts'
import type { Paint } from '../output/paint.ts'
import { valueCell } from '../output/table.ts'
import { type Deps, textOf, verb } from '../verb.ts'
import { keyArgument, type KeyName, keyOf, parseKey } from './place.ts'
import { placeText, sourceText } from './target.ts'

interface Options {
  readonly name: KeyName
  readonly at: string | undefined
}

interface Source {
  readonly layer: string
  readonly environment?: string
  readonly version: number
  readonly author?: string
  /** Who that is, where the caller may know. */
  readonly authorName?: string
  readonly value?: unknown
  readonly removed?: true
  readonly hidden?: true
  readonly reason?: string
}

interface Leaf {
  readonly pointer: string
  readonly winner?: Source
  readonly shadowed: readonly Source[]
}

interface Explained {
  readonly environment: string
  readonly value: unknown
  readonly explanation: readonly Leaf[]
}

const why: Readonly<Record<string, string>> = {
  weaker: 'a stronger layer wins',
  duplicate: 'the same item was there before',
  policy: "inert: the platform's policy forbids it",
  invalid: 'inert: it breaks the rules of the key',
  reference: 'inert: what it refers to cannot be had',
}

const worth = ({ value, hidden, removed }: Source): string =>
  hidden === true ? 'hidden' : removed === true ? 'removed' : valueCell(value)

const sourceLine = (source: Source): string =>
  [
    sourceText(source),
    `version ${source.version}`,
    ...(source.author === undefined ? [] : [`by ${source.authorName ?? source.author}`]),
  ].join(', ')

const leafLines = ({ pointer, winner, shadowed }: Leaf, paint: Paint): readonly string[] => [
  ...(pointer === '' ? [] : [paint.bold(pointer)]),
  ...(winner === undefined ? [] : [`  ${paint.green(worth(winner))}  from ${sourceLine(winner)}`]),
  ...shadowed.map((source) =>
    paint.dim(`    ${worth(source)}  from ${sourceLine(source)}: ${why[source.reason ?? ''] ?? source.reason ?? ''}`),
  ),
]

const sourcesOf = ({ winner, shadowed }: Leaf): readonly Source[] =>
  winner === undefined ? shadowed : [winner, ...shadowed]

const named = async (explained: Explained, deps: Deps): Promise<Explained> => {
  const nameOf = await actorNames(
    explained.explanation.flatMap(sourcesOf).map(({ author }) => author),
    deps,
  )
  const all = (sources: readonly Source[]): readonly Source[] => withNames(sources, 'author', 'authorName', nameOf)
  return {
    ...explained,
    explanation: explained.explanation.map((leaf) => {
      const [winner] = leaf.winner === undefined ? [] : all([leaf.winner])
      return { ...leaf, ...(winner === undefined ? {} : { winner }), shadowed: all(leaf.shadowed) }
    }),
  }
}

export const explain = verb<Options>({
  arguments: [keyArgument],
  flags: [environmentFlag, namespaceFlag, atFlag],
  examples: ['explain billing/timeout --environment production'],
  parse: (given) => ({ name: parseKey(given.arguments[0] ?? ''), at: textOf(given, 'at') }),
  run: async ({ name, at }, deps) => {
    const { client, settings, output } = deps
    const key = keyOf(name, settings)
    const { body } = await client.ask({
      path: pathOf`/values/${key.namespace}/${key.key}`,
      query: { environment: settings.environment, at, explain: true },
    })
    const { environment, value, explanation } = await named(body as Explained, deps)
    await output.show({ ...(body as Explained), explanation }, (paint) =>
      [
        `${placeText(key, environment)} is ${paint.bold(valueCell(value))}`,
        ...explanation.flatMap((leaf) => leafLines(leaf, paint)),
      ].join('\n'),
    )
  },
})
