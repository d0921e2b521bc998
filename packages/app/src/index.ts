export type { AccessEvent, App, AppOptions } from './app.ts'
export type { Caller, TenantRef } from './caller.ts'
export { type Asked, commit, type CommitOptions, type Committed, type Plan } from './commit.ts'
export {
  actorOf,
  check,
  type Context,
  type Granted,
  grantsOf,
  may,
  notFound,
  statesOf,
  type WriteOptions,
} from './context.ts'
export { type Directory, type DirectoryEntry, openDirectory } from './directory.ts'
export type { WriteJob, Written } from './logs/decide-batch.ts'
export { type HeldLog, holdLog } from './logs/held-log.ts'
export { applyCommits, emptyHead, type Loaded, loadLog } from './logs/load.ts'
export { type Logs, openLogs } from './logs/logs.ts'
export { openPastStates, type PastStates } from './logs/past.ts'
export type { Nodes } from './nodes/nodes.ts'
export { openSign, signMillis } from './nodes/sign.ts'
export type { Ports } from './ports.ts'
export { changeIn, commitAt, type MadeVersion, versionOf, versionsOf } from './changes/versions.ts'
export { openApp, type OpenedApp, type OpenOptions } from './open.ts'
export { bootstrapPlatform } from './platform/bootstrap.ts'
export { changeTenant, type TenantPatch } from './tenants/change.ts'
export { type Certificate, type Erasure, isCertified, readCertificate } from './tenants/certificate.ts'
export { closeTenant } from './tenants/close.ts'
export { checkNewTenant, createTenant, type NewTenant } from './tenants/create.ts'
export { inviteOwner, type OwnerInvitation } from './tenants/invite-owner.ts'
export { listTenants, type ListTenants } from './tenants/list.ts'
export { readTenant } from './tenants/read.ts'
export { sweepReservations, type Swept } from './tenants/sweep.ts'
export type { TenantDetail, TenantView } from './tenants/view.ts'
export { authenticate, type Credentials } from './identity/authenticate.ts'
export { type KeyCaller, type ProvenKeys, provenKeys } from './identity/authenticate-key.ts'
export { numberOfKey } from './identity/key-text.ts'
export type { VerifiedKey } from './identity/memory.ts'
export { closeIdentity } from './identity/memory.ts'
export { refuseSuspended } from './identity/standing.ts'
export { noteCounted, noteDenial, noteQuota, settleCounted } from './audit/denials.ts'
export { noteSoon } from './audit/note.ts'
export { noteRefusal } from './audit/refusals.ts'
export { monthOf, openUsage, type Usage, type UsageCounter, usageSliceMillis } from './usage.ts'
export {
  decodeCursor,
  defaultLimit,
  encodeCursor,
  fromNames,
  type Listing,
  maximumLimit,
  mergeNames,
  type Page,
  page,
  type PageQuery,
  type Pin,
  pinnedStates,
} from './page.ts'
export { type AnswerCache, openAnswerCache, type Shelf } from './values/cache.ts'
export { readCached, readShelf } from './values/cached.ts'
export {
  type FormatName,
  formatNames,
  type LayoutName,
  layoutNames,
  type ReadDocumentOptions,
  type ReadOptions,
  type ReadyAnswer,
  textOf,
  type ValuesAnswer,
} from './values/face.ts'
export { openPastAnswers, type PastAnswers } from './values/past-answers.ts'
export { boundEnvironment } from './values/question.ts'
export { readAll } from './values/read-all.ts'
export { type ApplicationAsked, readApplication } from './values/read-application.ts'
export { type NamespaceAsked, readNamespace } from './values/read-namespace.ts'
export { type KeyAsked, readValue } from './values/read-value.ts'
export { type Applied, applyChanges, type AskedChange, type AskedChanges } from './changes/apply.ts'
export { type AskedDiff, compareStored, type DiffPage } from './changes/compare.ts'
export {
  type AskedEnvironmentsDiff,
  type AskedValuesDiff,
  compareEnvironments,
  compareValues,
  type ValueDifference,
} from './changes/compare-values.ts'
export { type CommitQuery, type CommitSummary, listCommits } from './changes/list.ts'
export { type Moment, momentOf } from './changes/moment.ts'
export { type CommitView, type Difference, readCommit } from './changes/read.ts'
export { mayRead } from './changes/readable.ts'
export { type AskedRestore, type AskedScope, restoreTo } from './changes/restore.ts'
export { type AskedRevert, revertCommit } from './changes/revert.ts'
export type { Undone } from './changes/undo.ts'
export { accept } from './identity/accept.ts'
export { type ActingToken, actIn } from './identity/act.ts'
export { createAdministrator } from './identity/administrator.ts'
export type { ApiKeyView } from './identity/api-key.ts'
export { listApiKeys, readApiKey, revokeApiKey } from './identity/api-keys.ts'
export { changePassword } from './identity/change-password.ts'
export { createApiKey, type CreatedApiKey, type NewApiKey } from './identity/create-api-key.ts'
export { type Invited, inviteMember } from './identity/invite-member.ts'
export { planLimit } from './identity/limit.ts'
export { login } from './identity/login.ts'
export { logout } from './identity/logout.ts'
export { type Me, me } from './identity/me.ts'
export { type Member, type MemberView } from './identity/member.ts'
export { changeMember, listMembers, readMember, removeMember } from './identity/members.ts'
export { dropMembership, membershipsOf, recordMembership } from './identity/membership.ts'
export { actorNames, type NameActor, type NamedActor } from './identity/names.ts'
export { createRole, deleteRole, listRoles, putRole, readRole, type RolesQuery } from './identity/custom-roles.ts'
export type { RolePermissionView, RoleView } from './identity/role.ts'
export { refresh } from './identity/refresh.ts'
export { register, type Registration } from './identity/register.ts'
export { type ResetLink, resetUser } from './identity/reset-user.ts'
export { listSessions, removeSession, type SessionView } from './identity/sessions.ts'
export type { Tokens } from './identity/tokens.ts'
export { createUser, findUser, type NewUser, readUser, removeUser, type User } from './identity/user.ts'
export { normalEmail } from './identity/email.ts'
export { deleteLayer } from './platform/delete-layer.ts'
export type { LayerKind, LayerView } from './platform/layer-view.ts'
export { listLayers, readLayer } from './platform/read-layers.ts'
export { createLayer, patchLayer, replaceLayer } from './platform/write-layer.ts'
export { checkAccess } from './access/check-access.ts'
export type { AccessQuestion } from './access/requirements.ts'
export type { Verdict } from './access/subject.ts'
export { type Holder, whoCan } from './access/who-can.ts'
export { accessLogOf } from './audit/log.ts'
export type { AuditEntry } from './audit/entry.ts'
export { auditMediaTypes, exportAudit, type ExportedAudit } from './audit/export.ts'
export { type AuditPage, type AuditQuery, listAudit } from './audit/list.ts'
export { readUsage, type UsageView } from './audit/usage.ts'
export { openTending, type Tended, type Tending } from './audit/tend.ts'
export { readHeads, type VerifiedAudit, verifyAudit } from './audit/verify.ts'
export { changeSettings, readSettings, type SettingsPatch, type SettingsView } from './settings/settings.ts'
export { type AskedExport, type Exported, exportManifests } from './transfer/export.ts'
export { type AskedStored, exportStored } from './transfer/export-stored.ts'
export { type AskedImport, type Imported, importFile } from './transfer/import.ts'
export { type Preview, previewChanges } from './transfer/preview.ts'
export { fileFormats, storedFormats } from '@konfig/files'
export type { ImportConflict, OnImportConflict } from './transfer/weigh.ts'
export { addTenant, type AddedTenant, type AddTenant } from './tenants/add.ts'
export { configById } from './configs/by-id.ts'
export { createConfig, type NewConfig } from './configs/create.ts'
export { deleteConfig } from './configs/delete.ts'
export { type EffectiveRow, readEffective } from './configs/effective.ts'
export { type HistoryItem, type HistoryQuery, readHistory } from './configs/history.ts'
export { type AllConfigsQuery, listAllConfigs, listConfigs } from './configs/list.ts'
export { patchConfig } from './configs/patch.ts'
export { type PutConfig, putConfig } from './configs/put.ts'
export { readConfig } from './configs/read.ts'
export { rollbackConfig } from './configs/rollback.ts'
export type { Where } from './configs/target.ts'
export type { ConfigView } from './configs/view.ts'
export { listEnvironments, readEnvironment } from './environments/read.ts'
export type { EnvironmentDetail } from './environments/view.ts'
export { createEnvironment, deleteEnvironment, patchEnvironment, putEnvironment } from './environments/write.ts'
export {
  type ApplicationConfigsQuery,
  type ApplicationConfigView,
  listApplicationConfigs,
} from './applications/configs.ts'
export { type ApplicationsQuery, listApplications } from './applications/list.ts'
export { readApplicationResource } from './applications/read.ts'
export type { ApplicationView } from './applications/view.ts'
export {
  createApplication,
  deleteApplication,
  patchApplication,
  putApplication,
} from './applications/write.ts'
export { deleteNamespace } from './namespaces/delete.ts'
export { listNamespaces } from './namespaces/list.ts'
export { readNamespaceResource } from './namespaces/read.ts'
export type { NamespaceView } from './namespaces/view.ts'
export { createNamespace, patchNamespace, putNamespace } from './namespaces/write.ts'
export { listOverrides, type OverridesQuery, type OverrideView } from './overrides/list.ts'
export { applyPatch, type Patch, patchMediaTypes } from './patch/apply.ts'
export { etagOf, type ResourceFields, resourceFields, type Viewed } from './resource-view.ts'
export { openWalk, type Walk } from './audit/walk.ts'
export type {
  Listener,
  OpenStream,
  ReadyStream,
  Resume,
  StreamAsked,
  StreamEvent,
  StreamLimits,
} from './streams/face.ts'
export { followValues } from './streams/follow.ts'
export { closeStreams, type Streams, streamsOf } from './streams/streams.ts'
export { readArchive, writeArchive } from './backup/archive.ts'
export { collectInstallation, collectTenant } from './backup/collect.ts'
export { openPlaces, type OpenStore, type Places, type Standing } from './places/places.ts'
export { type CopiedInstallation, copyInstallation } from './moving/copy-installation.ts'
export { type MovedTenant, moveTenant } from './moving/move-tenant.ts'
export type { Entry as BackupEntry } from './backup/entry.ts'
export { type Restored, restoreInstallation } from './backup/restore.ts'
export { type RestoredTenant, restoreTenant } from './backup/restore-tenant.ts'
export { type VerifiedBackup, verifyBackup } from './backup/verify.ts'
export { refuseWhileAway } from './keys/administer.ts'
export { listKeys } from './keys/list.ts'
export { rotateAged } from './keys/rotate-aged.ts'
export { warmKeys } from './keys/warm.ts'
export { type RotatedKeys, type RotateKeys, rotateKeys, rotateTenantKeys } from './keys/rotate.ts'
export type { KeyLog, KeyView } from './keys/view.ts'
export type { Damage, DamagedRecord } from './doctor/damage.ts'
export { examine, type Examined, type WrongIndex } from './doctor/examine.ts'
export { survey, type Surveyed } from './doctor/survey.ts'
