// What other nodes have used of each limit, as they last said, and what this one says of its own every two seconds. Each node decides at once from
// both; so nodes together take at most the limit and what the others took since they last spoke. Knows no tenant: a name is a name.
import type { Nodes } from '@konfig/app'
import type { Millis } from '@konfig/core'
import { forgetMillis, openJudge, readWord, type Use, writeWord } from './word.ts'

export interface Exchange {
  /** What the others have used of it. */
  readonly elsewhere: (name: string) => number
  /** Says what has changed here; to be called every two seconds. */
  readonly speak: () => void
  readonly close: () => void
}

export const exchangeMillis: Millis = 2000
/** For those who came later, or did not hear. */
const wholeEvery = 15
const mostInOne = 500
const topic = 'uses'
/** Between two times that people are told of clocks that are apart. */
const tellEvery: Millis = 3_600_000

interface Told {
  readonly requests: number
  readonly at: Millis
}

export const openExchange = (
  nodes: Nodes,
  now: () => Millis,
  own: () => Iterable<Use>,
  /** Told of every name of which the others have used more or less than before. */
  moved: (name: string, elsewhere: number) => void,
  /** Told, once an hour at the most, that a word was not believed since it was said so many seconds before now; less than none is ahead. */
  untimely: (seconds: number) => void = () => undefined,
): Exchange => {
  const others = new Map<string, Map<string, Told>>()
  const judge = openJudge(nodes.id, now)
  let complained = Number.NEGATIVE_INFINITY
  let sequence = 0
  let told = new Map<string, number>()
  let spoken = 0
  let whole = true

  const sumOf = (name: string): number => {
    let sum = 0
    for (const { requests } of others.get(name)?.values() ?? []) sum += requests
    return sum
  }

  const stop = nodes.hear(topic, (text) => {
    const heard = readWord(text)
    if (heard === undefined) return
    const at = now()
    const judged = judge.judge(heard)
    if (judged === 'untimely' && Math.abs(at - complained) > tellEvery) {
      complained = at
      untimely(Math.round((at - heard.said) / 1000))
    }
    if (judged === 'repeated' || judged === 'untimely') return
    // A node that we did not know does not know us either.
    if (judged === 'stranger') whole = true
    for (const [name, requests] of heard.uses) {
      const of = others.get(name) ?? new Map<string, Told>()
      if (requests > 0) others.set(name, of.set(heard.from, { requests, at }))
      else if (of.delete(heard.from) && of.size === 0) others.delete(name)
      moved(name, sumOf(name))
    }
  })

  const forget = (): void => {
    judge.forget()
    const time = now()
    // Where this node's clock was put back: what was heard by the old one does not count for as long as that.
    const isOver = (at: Millis): boolean => Math.abs(time - at) > forgetMillis
    for (const [name, of] of others) {
      const before = of.size
      for (const [from, { at }] of of) if (isOver(at)) of.delete(from)
      if (of.size === 0) others.delete(name)
      if (of.size !== before) moved(name, sumOf(name))
    }
  }

  const say = (uses: readonly Use[]): void => {
    sequence += 1
    nodes.tell(topic, writeWord({ from: nodes.id, said: now(), sequence, uses }))
  }

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
