// What other nodes have used of each limit, as they last said, and what this one says of its own every two seconds. Each node decides at once from
// both; so nodes together take at most the limit and what the others took since they last spoke. Knows no tenant: a name is a name.
import type { Nodes } from '@konfig/app'
import type { Millis } from '@konfig/core'

/** A name and the requests of the last minute that this node counts under it. */
export type Use = readonly [name: string, requests: number]

export interface Exchange {
  /** What the others have used of it. */
  readonly elsewhere: (name: string) => number
  /** Says what has changed here; to be called every two seconds. */
  readonly speak: () => void
  readonly close: () => void
}

export const exchangeMillis: Millis = 2000
/** By then all that a node spoke of is more than a minute old, and it counts no more. */
const forgetMillis: Millis = 125_000
/** For those who came later, or did not hear. */
const wholeEvery = 15
const mostInOne = 500
const topic = 'uses'

interface Told {
  readonly requests: number
  readonly at: Millis
}

/** Nodes of another version may say other things one day: those are passed over. */
const isUse = (given: unknown): given is Use =>
  Array.isArray(given) && typeof given[0] === 'string' && typeof given[1] === 'number'

const readUses = (text: string): { readonly from: string; readonly uses: readonly Use[] } | undefined => {
  try {
    const [from, ...uses] = JSON.parse(text) as readonly unknown[]
    return typeof from === 'string' && uses.every(isUse) ? { from, uses } : undefined
  } catch {
    return undefined
  }
}

export const openExchange = (
  nodes: Nodes,
  now: () => Millis,
  own: () => Iterable<Use>,
  /** Told of every name of which the others have used more or less than before. */
  moved: (name: string, elsewhere: number) => void,
): Exchange => {
  const others = new Map<string, Map<string, Told>>()
  const known = new Map<string, Millis>()
  let told = new Map<string, number>()
  let spoken = 0
  let whole = true

  const sumOf = (name: string): number => {
    let sum = 0
    for (const { requests } of others.get(name)?.values() ?? []) sum += requests
    return sum
  }

  const stop = nodes.hear(topic, (text) => {
    const heard = readUses(text)
    if (heard === undefined) return
    const at = now()
    // A node that we did not know does not know us either.
    if (!known.has(heard.from)) whole = true
    known.set(heard.from, at)
    for (const [name, requests] of heard.uses) {
      const of = others.get(name) ?? new Map<string, Told>()
      if (requests > 0) others.set(name, of.set(heard.from, { requests, at }))
      else if (of.delete(heard.from) && of.size === 0) others.delete(name)
      moved(name, sumOf(name))
    }
  })

  const forget = (): void => {
    const old = now() - forgetMillis
    for (const [from, at] of known) if (at < old) known.delete(from)
    for (const [name, of] of others) {
      const before = of.size
      for (const [from, { at }] of of) if (at < old) of.delete(from)
      if (of.size === 0) others.delete(name)
      if (of.size !== before) moved(name, sumOf(name))
    }
  }

  const say = (uses: readonly Use[]): void => nodes.tell(topic, JSON.stringify([nodes.id, ...uses]))

  return {
    elsewhere: sumOf,
    speak: () => {
      if (!nodes.together) return
      spoken += 1
      if (spoken % wholeEvery === 0) {
        whole = true
        forget()
      }
      const before = told
      told = new Map()
      const news: Use[] = []
      for (const [name, requests] of own()) {
        if (requests > 0) told.set(name, requests)
        if (requests !== (before.get(name) ?? 0) || (whole && requests > 0)) news.push([name, requests])
        before.delete(name)
      }
      // What is not counted here any more.
      for (const name of before.keys()) news.push([name, 0])
      if (whole || news.length > 0) say(news.slice(0, mostInOne))
      whole = false
      // Many names are told in pieces, others first.
      for (let at = mostInOne; at < news.length; at += mostInOne)
        setImmediate(() => say(news.slice(at, at + mostInOne)))
    },
    close: stop,
  }
}
