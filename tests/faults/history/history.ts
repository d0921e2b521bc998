// What was seen from outside while things broke: what each client asked and was told, and the log as it was found in the end. Types only.

/** Milliseconds of one steady clock, that of the run; never the clock of a node. */
export type Moment = number

/** What one request that wrote was told. */
export type Told =
  | { readonly told: 'acknowledged'; readonly revision: number; readonly commit: string }
  /** The server, or the network before it was asked, said that nothing was stored. */
  | { readonly told: 'refused'; readonly why: string }
  /** No answer, or one that says that nobody knows. */
  | { readonly told: 'unknown'; readonly why: string }

export type Attempt = Told & {
  readonly begun: Moment
  readonly ended: Moment
  /** Which process was asked: `node 2, start 5`. */
  readonly process: string
  /** By which its answer is found in the server log. */
  readonly request?: string
}

/** One write, asked under one Idempotency-Key until somebody acknowledged it or nobody wanted to ask any more. */
export interface Write {
  /** Names it: its message in the log, and the value that it gives to its keys. */
  readonly label: string
  readonly keys: readonly string[]
  /** Only where the first key is at this version. */
  readonly ifVersion?: number
  readonly attempts: readonly Attempt[]
}

/** All values of the namespace, as one answer gave them. */
export interface Read {
  readonly begun: Moment
  readonly ended: Moment
  readonly process: string
  readonly request?: string
  /** The tenant's part of the point that the answer named. */
  readonly revision: number
  readonly values: { readonly [key: string]: string }
  /** It was asked for no less than this revision, which somebody had been told of before. */
  readonly atLeast?: number
  /** It was asked for the past: exactly this revision. */
  readonly at?: number
}

/** An answer that cannot be true whatever the log says. */
export interface Wrong {
  readonly rule: Rule
  readonly what: string
}

export interface Entry {
  readonly revision: number
  readonly id: string
  /** Of the commit, by the clocks of the nodes. */
  readonly time: number
  readonly label: string
  readonly changes: readonly { readonly key: string; readonly value: string; readonly version: number }[]
}

/** That a commit was at this revision. */
export type Look = Pick<Entry, 'revision' | 'id'>

export interface History {
  readonly writes: readonly Write[]
  readonly reads: readonly Read[]
  readonly wrongs: readonly Wrong[]
  /** What was found in the log at moments in between. */
  readonly looks: readonly Look[]
  /** The log was at this revision, without a key, when the clients began. */
  readonly before: number
  /** What the log holds after that, found when everything was over. */
  readonly log: readonly Entry[]
}

export type Rule =
  /** Somebody was told that it was stored, and it is not there. */
  | 'lost'
  /** It is there, and everybody who asked for it was told that it is not. */
  | 'refused yet there'
  | 'doubled'
  | 'gap'
  /** Begun after another had been acknowledged, and before it in the log; or times that run backwards. */
  | 'out of order'
  /** What is there is not what was asked, or not where it was said to be. */
  | 'not as told'
  /** A version was expected, and another one was there. */
  | 'decided on another state'
  /** What had been read of the log is not so any more. */
  | 'rewritten'
  /** No revision ever had these values, or not the one that the answer named. */
  | 'never true'
  /** What was read was asked for only later. */
  | 'from the future'
  /** Less than what was asked for as the least. */
  | 'stale after Konfig-Min-Point'
  /** Less than what the same process had shown before. */
  | 'backwards'
  /** An error that no caller should ever see. */
  | 'broken'

export interface Finding {
  readonly rule: Rule
  readonly what: string
}
