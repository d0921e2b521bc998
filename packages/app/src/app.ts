// Everything that use cases work with, put together once by the server. Owns no rule.
import type { ActorId, Json, LogId } from '@konfig/core'
import type { Journal, KeyRings, KeyStore, SealedRecords, Signing } from '@konfig/journal'
import type { Directory } from './directory.ts'
import type { HeldLog } from './logs/held-log.ts'
import type { Logs } from './logs/logs.ts'
import type { PastStates } from './logs/past.ts'
import type { Turns } from './logs/turns.ts'
import type { Nodes } from './nodes/nodes.ts'
import type { Places } from './places/places.ts'
import type { Ports } from './ports.ts'
import type { StreamLimits } from './streams/face.ts'
import type { AnswerCache } from './values/cache.ts'
import type { PastAnswers } from './values/past-answers.ts'
import type { Usage } from './usage.ts'

/** What the access log keeps: logins, failures, denials, grants of more rights, acting tokens, exports, quota violations. */
export interface AccessEvent {
  readonly type: string
  readonly actor: ActorId
  readonly resource?: string
  readonly request?: string
  /** Facts; never a secret, an email or an address in the clear. */
  readonly data?: { readonly [name: string]: Json }
}

export interface AppOptions {
  readonly registration: 'open' | 'closed'
  /** bcrypt cost of API keys, 4 to 12; keys are 256 random bits and need no stretching. */
  readonly apiKeyCost: number
  readonly accessTokenSeconds: number
  readonly refreshTokenDays: number
  /** How long access logs are kept where no plan says so: the platform's own too. 0, and if it is left out: for ever. */
  readonly accessLogDays?: number
  readonly streams?: Partial<StreamLimits>
  /** How long backups are kept at most, as certificates of erasure say; 35 if it is left out. */
  readonly backupDays?: number
}

export interface App {
  readonly ports: Ports
  readonly options: AppOptions
  readonly journal: Journal
  readonly records: SealedRecords
  readonly logs: Logs
  /** How writers and readers share this node's thread. */
  readonly turns: Turns
  readonly past: PastStates
  /** Resolved values, ready to be sent. */
  readonly answers: AnswerCache
  readonly pastAnswers: PastAnswers
  readonly directory: Directory
  readonly platform: HeldLog
  readonly platformAccess: LogId
  readonly rings: KeyRings
  /** Whether the store of the master key answers. */
  readonly keyStore: KeyStore
  /** Logs whose keys are kept for when it does not. */
  readonly keptKeys: () => number
  /** Which journal each log is in. */
  readonly places: Places
  /** Requests of each tenant by month. */
  readonly usage: Usage
  /** Makes a log's keys, in the journal that is named or the main one; answers when its first append may come. */
  readonly createLog: (log: LogId, journal?: string) => Promise<void>
  /** Destroys a log's keys and content: for creations that failed, and for logs that another has taken the place of. */
  readonly eraseLog: (log: LogId) => Promise<void>
  /** Lets go of everything that this node keeps of a log, its keys too, and of what nodes share in a cache. */
  readonly forgetLog: (log: LogId) => void
  /** What this installation signs with. */
  readonly signing: Signing
  /** Notes an event in an access log soon; resolves when it is durable. Callers that need no proof need not wait, but must handle rejection. */
  readonly recordAccess: (log: LogId, event: AccessEvent) => Promise<void>
  /** A keyed hash for emails and addresses in logs and ids. */
  readonly keyedHash: (text: string) => string
  /** The other nodes of the installation. */
  readonly nodes: Nodes
  /** Bytes to sign tokens with; the same on every node of the installation. */
  readonly tokenKey: Uint8Array
  readonly onError: (reason: unknown) => void
}
