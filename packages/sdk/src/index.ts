// The face of @konfig/sdk: what a program may import. Holds no logic.
export { webStore } from './cache/browser.ts'
export { fileStore } from './cache/file.ts'
export type { Store } from './cache/store.ts'
export type { Konfig, State } from './connect/client.ts'
export { connect } from './connect/connect.ts'
export type { Change, ErrorCode, Events, Fault, Stale } from './connect/events.ts'
export type { Hooks, Level, LogEntry, RequestEnd, RequestStart } from './connect/hooks.ts'
export { type ConnectOptions, defaultPace } from './connect/options.ts'
export type { Watcher } from './connect/watchers.ts'
export {
  isKonfigProblem,
  isKonfigUnavailable,
  type KonfigProblem,
  type KonfigUnavailable,
  type ProblemIssue,
} from './errors.ts'
export type { Trouble } from './life/answer.ts'
export type { Clock } from './life/clock.ts'
export type { Pace } from './life/follower.ts'
export type { Answer, Options, WriteOptions } from './management/answer.ts'
export { eachItem } from './management/each-item.ts'
export { type Management, management, type ManagementOptions } from './management/management.ts'
export type { Json } from './values/json.ts'
export type { AllValues } from './values/scope.ts'
