// Shares the one thread between those who write and those who read: while reads are being answered, writing takes a bounded part of it.
// Knows nothing of what is written; promises that no writer waits for ever, and that nobody waits while nobody reads.
import type { Millis } from '@konfig/core'

export interface Turns {
  /** Where the number of reads answered so far is told; before that nobody reads. It only grows. */
  readonly watch: (reads: () => number) => void
  /** Begins a turn of writing: at once (undefined), or later. In the order asked; what is done from then on is the writers' time. */
  readonly begin: () => Promise<void> | undefined
  /** How long a turn may go on before the rest waits for the next. */
  readonly longest: () => Millis
  /** How long a single decision may go on before it pauses. */
  readonly slice: () => Millis
  /** Goes on when others have had their turn; what is done from then on is the writers' time. */
  readonly pause: () => Promise<void>
  /**
   * What runs from now until the event loop moves on is the writers' time: a request to write is read, or writers are told of their commits
   * and answer. Sections within each other count once.
   */
  readonly section: () => void
}

export interface TurnsOptions {
  /** Milliseconds, of any beginning. */
  readonly now: () => Millis
  /** Runs something in so many milliseconds, others first. */
  readonly later: (run: () => void, millis: Millis) => void
  /** Runs something when what has come in meanwhile has been read. */
  readonly soon: (run: () => void) => void
  /** Runs something when all that has been made ready to run has run, and before the event loop moves on. */
  readonly afterwards: (run: () => void) => void
}

/** The part of the thread that writers have while others read. */
const share = 1 / 16
/** Longest time that passes without a turn, whatever writing has cost before: the least that writers are promised. */
const longestWait: Millis = 40
/** Of a turn beside reads, deciding. What follows from it (sealing, answering) comes on top. */
const longestTurn: Millis = 2
/** Of one decision about thousands of changes: shorter ones would make it wait longer altogether. */
const longestSlice: Millis = 12
/** Nobody reads if the thread was free for so long and no read was answered. */
const quiet: Millis = 2
/** Writers who come seldom find so much saved up. */
const mostSaved: Millis = 2

/** The event loop's own clock and queues. */
export const loopClock: TurnsOptions = {
  now: () => performance.now(),
  later: (run, millis) => {
    setTimeout(run, millis)
  },
  soon: (run) => {
    setImmediate(run)
  },
  // A tick that is asked for by a microtask comes when all microtasks are done.
  afterwards: (run) => {
    queueMicrotask(() => process.nextTick(run))
  },
}

export const openTurns = ({ now, later, soon, afterwards }: TurnsOptions = loopClock): Turns => {
  let reads = (): number => 0
  let seen = 0
  /** When it was last noticed that somebody read, and what writers had spent until then. */
  let readAt = Number.NEGATIVE_INFINITY
  let spentThen = 0
  /** All that writing has taken so far. */
  let spent = 0
  let saved = mostSaved
  let settledAt = now()
  let ticking = false
  /** A turn was given and has not been paid yet. */
  let open = false
  const waiting: (() => void)[] = []
  /** Since when those who wait have seen no turn begin. */
  let heldSince = now()

  /** Whether somebody has been answered lately, the time not counted in which writers let nobody pass. */
  const beingRead = (time: Millis): boolean => {
    const count = reads()
    if (count !== seen) {
      seen = count
      readAt = time
      spentThen = spent
    }
    return time - readAt - (spent - spentThen) < quiet
  }

  const earn = (time: Millis): void => {
    saved = Math.min(mostSaved, saved + (time - settledAt) * share)
    settledAt = time
  }

  const mayBegin = (): boolean => {
    const time = now()
    earn(time)
    // What writers ask may cost more than their share before they have had a turn: they have one all the same.
    if (beingRead(time)) return saved > 0 || (waiting.length > 0 && time - heldSince >= longestWait)
    saved = mostSaved
    return true
  }

  const measure = (began: Millis): void => {
    const before = spent
    afterwards(() => {
      const time = now()
      const took = Math.max(0, time - began - (spent - before))
      spent += took
      earn(time)
      saved = Math.max(saved - took, -longestWait * share)
    })
  }

  const section = (): void => {
    const began = now()
    if (beingRead(began)) measure(began)
  }

  const give = (): void => {
    open = true
    heldSince = now()
    measure(now())
    afterwards(() => {
      open = false
      pass()
    })
  }

  const pass = (): void => {
    if (open || waiting.length === 0) return
    if (mayBegin()) {
      give()
      waiting.shift()?.()
      return
    }
    if (ticking) return
    ticking = true
    later(() => {
      ticking = false
      pass()
    }, 1)
  }

  const begin = (): Promise<void> | undefined => {
    if (waiting.length === 0 && !beingRead(now())) {
      saved = mostSaved
      return undefined
    }
    if (!open && waiting.length === 0 && mayBegin()) {
      give()
      return undefined
    }
    if (waiting.length === 0) heldSince = now()
    const turn = Promise.withResolvers<void>()
    waiting.push(turn.resolve)
    pass()
    return turn.promise
  }

  return {
    watch: (count) => {
      reads = count
      seen = count()
    },
    begin,
    slice: () => longestSlice,
    pause: async () => {
      await new Promise<void>(soon)
      const begun = begin()
      if (begun !== undefined) await begun
    },
    longest: () => (beingRead(now()) ? longestTurn : Number.POSITIVE_INFINITY),
    section,
  }
}
