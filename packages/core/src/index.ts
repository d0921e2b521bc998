export { type Category, type Code, codes } from './errors/codes.ts'
export {
  type Failure,
  failure,
  type Issue,
  KonfigError,
  ok,
  openSentence,
  refuse,
  type Result,
} from './errors/failure.ts'
export { type Finding, withAlternatives } from './errors/alternatives.ts'
export { excerptOf } from './errors/excerpt.ts'
export { patternRuleOf, ruleInWords } from './errors/pattern-words.ts'
export { addressOf, configSpace, groupOf, overrideSpace, spaceOf } from './log/address.ts'
export type {
  ActorId,
  Change,
  Commit,
  Delete,
  Identity,
  KindName,
  Labels,
  LogId,
  Millis,
  Origin,
  Put,
  Resource,
  Revision,
} from './log/commit.ts'
export { mayFollow, movedIn, movedNote, type PlaceId, placesIn, type Whereto } from './log/moved.ts'
export { formatPoint, parsePoint, type Point } from './log/point.ts'
export type { State } from './state/state.ts'
export { canonical } from './resolve/combine.ts'
export { equalJson, isArray, isObject, type Json, type JsonObject } from './values/json-value.ts'
export {
  fixedRoles,
  isRoleName,
  narrowable,
  type Permission,
  permissions,
  platformPermissions,
  type RoleName,
  roleNames,
  tenantPermissions,
} from './access/permission.ts'
export { isUuid, keyRule, type Kind, type Side, slugRule } from './kinds/kind.ts'
export { isKindName, kindNames, kinds } from './kinds/registry.ts'
export { identityOf } from './log/commit.ts'
export { emptyState, evolve, overlay, trimmedState } from './state/evolve.ts'
export { type Handle, stateAfter } from './state/handle.ts'
export { raiseFloor } from './state/table.ts'
export {
  allows,
  denied,
  everywhere,
  exceeding,
  type Grant,
  grants,
  type Place,
  type Requirement,
  whereOf,
} from './access/grant.ts'
export { matchesAny, matchesPattern } from './access/pattern.ts'
export { grantsOfRole, RolePermission } from './kinds/role.ts'
export { environmentsTouched, protectedBy, requirementsOf } from './access/require.ts'
export { decide, decideInSteps, maximumChanges } from './decide/decide.ts'
export { finish, itemsOfStep, type Steps } from './steps.ts'
export type { Deciding, Expectation, Intention } from './decide/intention.ts'
export {
  chainOf,
  environmentNames,
  environmentOf,
  environmentsOf,
  type EnvironmentView,
  withDescendants,
} from './state/environments.ts'
export { type Restoring, restoring, type Row, rowsOf } from './state/rows.ts'
export {
  checkDefinition,
  checkValue,
  type Combine,
  type Definition,
  inferType,
  isCombinable,
  type ValueType,
  valueTypes,
} from './values/definition.ts'
export { formats } from './values/format.ts'
export { type Reference, referencesIn } from './values/reference.ts'
export { objectOf, pointerTo } from './values/json-value.ts'
export { checkSchema } from './values/schema/check.ts'
export { matchSchema } from './values/schema/match.ts'
export type { Validation } from './values/validation.ts'
export {
  checkLimits,
  deepestValue,
  jsonBytes,
  largestValueBytes,
  utf8Bytes,
  type Violation,
} from './values/violation.ts'
export { type InNamespace, namespacesOf, resolveApplication } from './resolve/application.ts'
export { dependenciesOf, dependenciesSoFar, type Dependency } from './resolve/depend.ts'
export { type Asker, explain, type Explanation, type Leaf, type Shadowed, type Source } from './resolve/explain.ts'
export { mergePatch } from './resolve/combine.ts'
export { definitionOf, definitionsIn } from './resolve/layers.ts'
export { replay } from './resolve/replay.ts'
export { isGuarded } from './resolve/policy.ts'
export {
  type Contribution,
  inertIn,
  type InertReason,
  resolveKey,
  resolveNamespace,
  traceKey,
  type Traced,
  type Verdict,
} from './resolve/resolve.ts'
export { type Resolved, roomOf, tenantResource, type World, worldOf } from './resolve/world.ts'
export { type Earlier, rollback } from './decide/rollback.ts'
export { restoreAims, type Scope } from './decide/restore.ts'
export { revertAims } from './decide/revert.ts'
export {
  type Aim,
  type Content,
  contentOf,
  equalContent,
  notUndoable,
  type OnConflict,
  reached,
  type Skipped,
  undo,
  type Undoing,
} from './decide/undo.ts'
export { overridesOf } from './kinds/layer.ts'
export { PlanLimits } from './kinds/plan.ts'
export { leaveOut, type LeftOut } from './decide/leave-out.ts'
