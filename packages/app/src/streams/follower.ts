// One view of values that some listeners share: read again when something moved, compared once, told to all in one event.
// Promise: each listener is told of every difference between the view it began with and the newest, in order, once.
import { setImmediate as othersRun } from 'node:timers/promises'
import { formatPoint, KonfigError, type Millis } from '@konfig/core'
import type { StreamEvent } from './face.ts'
import { type History, openHistory } from './history.ts'
import { namespacesIn, type Selection, type States } from './selection.ts'
import { changeText, compareViews, syncText, takeView, type View } from './view.ts'

/** A listener as its follower sees it. */
export interface Member {
  readonly send: (event: StreamEvent) => void
  /** Number of the last event that it was told of or began with. */
  serial: number
}

export interface Follower {
  readonly key: string
  readonly selection: Selection
  readonly members: ReadonlySet<Member>
  readonly history: History
  /** When the last listener left. */
  readonly idleSince: () => Millis
  /** Resolves once the view is of the newest states or later. Rejects with what a reader would be refused with: gone, too large. */
  readonly catchUp: () => Promise<void>
  /**
   * From now on the member is told of everything; answers what it begins with, given the point that it knows.
   * Only after `catchUp`, and without waiting in between. Throws `too_large`.
   */
  readonly attach: (member: Member, from: string | undefined) => StreamEvent | undefined
  readonly detach: (member: Member) => void
  /** Where the member is; undefined while it is about to be told more. */
  readonly pointOf: (member: Member) => string | undefined
  readonly isCurrent: () => boolean
  /** Number of values in its view. */
  readonly size: () => number
}

export interface Surroundings {
  readonly log: string
  readonly states: () => States
  readonly now: () => Millis
  /** Looks again at what everybody may do, where that may have changed; and lets go of those who may not read these namespaces. */
  readonly settle: (follower: Follower, namespaces: readonly string[], widened: boolean) => Promise<void>
  /** Bytes were added to the history. */
  readonly kept: (bytes: number) => void
}

/** So many are told before others have their turn. */
const membersAtATime = 250

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index])

export const openFollower = (key: string, selection: Selection, around: Surroundings): Follower => {
  const { log, states, now } = around
  const members = new Set<Member>()
  const history = openHistory()
  let idleSince = now()
  let view: View | undefined
  let point = ''
  let serial = 0
  let syncData: string | undefined
  let sync: StreamEvent | undefined
  const resumes = new Map<string, StreamEvent | undefined>()
  let running: Promise<void> | undefined

  const isCurrent = (): boolean => {
    const { platform, tenant } = states()
    return view?.point.platform === platform.revision && view.point.tenant === tenant.revision
  }

  const tell = async (event: StreamEvent): Promise<void> => {
    const told = [...members]
    for (const [index, member] of told.entries()) {
      if (index > 0 && index % membersAtATime === 0) await othersRun()
      if (!members.has(member) || member.serial >= serial) continue
      member.serial = serial
      member.send(event)
    }
  }

  const read = async (): Promise<void> => {
    const seen = states()
    const namespaces = namespacesIn(selection, seen)
    if ('code' in namespaces) throw new KonfigError(namespaces)
    const next = await takeView(selection, seen, namespaces, view)
    await around.settle(follower, namespaces, view !== undefined && !sameNames(view.namespaces, namespaces))
    const before = view
    const delta = before === undefined ? undefined : compareViews(before, next)
    const data = delta === undefined || delta.size === 0 ? undefined : changeText(selection, delta)
    view = next
    point = formatPoint(next.point)
    sync = undefined
    resumes.clear()
    if (delta === undefined || data === undefined) return
    syncData = undefined
    serial++
    history.add(delta, data.length, now())
    around.kept(data.length)
    if (members.size === 0) return
    history.mark(point)
    await tell({ type: 'change', point, data })
  }

  const missed = (view: View, from: string): StreamEvent | undefined => {
    if (from === formatPoint(view.point)) return undefined
    if (resumes.has(from)) return resumes.get(from)
    const delta = history.since(from)
    const event: StreamEvent | undefined =
      delta === undefined
        ? begin(view)
        : delta.size === 0
          ? undefined
          : { type: 'change', point, data: changeText(selection, delta) }
    resumes.set(from, event)
    return event
  }

  const begin = (view: View): StreamEvent => {
    syncData ??= syncText(selection, log, view)
    sync ??= { type: 'sync', point, data: syncData }
    return sync
  }

  const follower: Follower = {
    key,
    selection,
    members,
    history,
    idleSince: () => idleSince,
    catchUp: async () => {
      const { platform, tenant } = states()
      while (view === undefined || view.point.platform < platform.revision || view.point.tenant < tenant.revision) {
        running ??= read().finally(() => {
          running = undefined
        })
        await running
      }
    },
    attach: (member, from) => {
      if (view === undefined) throw new Error('A follower was joined before it had read anything.')
      const first = from === undefined ? begin(view) : missed(view, from)
      history.mark(point)
      member.serial = serial
      members.add(member)
      return first
    },
    detach: (member) => {
      members.delete(member)
      if (members.size > 0) return
      idleSince = now()
      syncData = undefined
      sync = undefined
      resumes.clear()
    },
    pointOf: (member) => {
      if (member.serial !== serial) return undefined
      history.mark(point)
      return point
    },
    isCurrent,
    size: () => {
      let size = 0
      for (const { values } of view?.spaces.values() ?? []) size += values.size
      return size
    },
  }
  return follower
}
