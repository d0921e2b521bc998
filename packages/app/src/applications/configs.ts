// Lists what an application reads: the definitions of its namespaces in their order, and of a key that several have, which one wins.
import { definitionOf, isGuarded, namespacesOf } from '@konfig/core'
import { acrossNamespaces, configsIn, describedConfigs } from '../configs/list.ts'
import type { ConfigView } from '../configs/view.ts'
import type { Context } from '../context.ts'
import type { Around } from '../namespaces/find.ts'
import { type Page, page, type PageQuery, pinnedStates } from '../page.ts'
import { readableApplication } from './read.ts'

export interface ApplicationConfigView extends ConfigView {
  /** Which of the application's namespaces it is in, from 1. */
  readonly position: number
  /** Its value is what the application reads wherever it has one. */
  readonly wins: boolean
  /** The namespace whose key of the same name wins instead. */
  readonly shadowedBy?: string
}

export interface ApplicationConfigsQuery extends PageQuery {
  readonly namespace?: string | undefined
  readonly wins?: boolean | undefined
}

/** As values are resolved: later namespaces win, but a key that the platform bounds or locks keeps its place. */
const winnerOf = (around: Around, namespaces: readonly string[], key: string): string | undefined => {
  let winner: string | undefined
  for (const namespace of namespaces) {
    const found = definitionOf(around, namespace, key)
    if (found === undefined) continue
    winner = namespace
    if (isGuarded(found.definition, found.definedBy)) return winner
  }
  return winner
}

/** A position in a page, that sorts as the namespaces are ordered and that no search finds. */
const labelOf = (index: number): string => String.fromCharCode(0xe000 + index)

/** Throws `denied` for a namespace of the application that the caller may not read, `resource_not_found`. */
export const listApplicationConfigs = async (
  context: Context,
  nameOrId: string,
  { namespace, wins, ...query }: ApplicationConfigsQuery,
): Promise<Page<ApplicationConfigView>> => {
  const states = pinnedStates(context, query.cursor)
  const namespaces = namespacesOf(readableApplication(context, states.state, nameOrId))
  const inNamespace = (index: number): ReturnType<typeof configsIn<ApplicationConfigView>> => {
    const name = namespaces[index] as string
    return configsIn(context.side, states, name, (config) => {
      const winner = winnerOf(states, namespaces, config.key)
      if (wins !== undefined && wins !== (winner === name)) return undefined
      return {
        ...config,
        position: index + 1,
        wins: winner === name,
        ...(winner === undefined || winner === name ? {} : { shadowedBy: winner }),
      }
    })
  }
  const labels = namespaces.flatMap((name, index) =>
    namespace === undefined || namespace === name ? [labelOf(index)] : [],
  )
  const from = acrossNamespaces(labels, (label) => inNamespace(label.charCodeAt(0) - 0xe000))
  return page({ ...describedConfigs, pin: states.pin, from }, query)
}
