// Every hand-made verb: its words, a line on it, and how to load it. One file each, loaded when it is called; the generated
// ones are in catalogue.generated.json. Help, completion and the reference are made from both.
import { get } from './values/get.ts'
import type { Verb } from './verb.ts'

export interface Entry {
  readonly words: readonly string[]
  /** Other names for the whole of `words`. */
  readonly aliases?: readonly (readonly string[])[]
  readonly summary: string
  readonly group: Group
  /** Not for people: left out of help and reference. */
  readonly hidden?: true
  readonly load: () => Promise<Verb<unknown>>
}

export const groups = ['Values', 'History', 'Files', 'Start here', 'Programs', 'Resources'] as const
export type Group = (typeof groups)[number]

export const entries: readonly Entry[] = [
  {
    words: ['get'],
    summary: 'Read the value of a key',
    group: 'Values',
    // What scripts call most is there at once.
    load: () => Promise.resolve(get),
  },
  {
    words: ['set'],
    summary: 'Set the value of a key',
    group: 'Values',
    load: async () => (await import('./values/set.ts')).set,
  },
  {
    words: ['unset'],
    summary: 'Take a value away',
    group: 'Values',
    load: async () => (await import('./values/unset.ts')).unset,
  },
  {
    words: ['list'],
    summary: 'List resolved values',
    group: 'Values',
    load: async () => (await import('./values/list.ts')).list,
  },
  {
    words: ['explain'],
    summary: 'Say why a key has its value',
    group: 'Values',
    load: async () => (await import('./values/explain.ts')).explain,
  },
  {
    words: ['promote'],
    summary: 'Copy values from one environment to another',
    group: 'Values',
    load: async () => (await import('./files/promote.ts')).promote,
  },
  {
    words: ['history'],
    summary: 'List the versions of a key',
    group: 'History',
    load: async () => (await import('./history/history.ts')).history,
  },
  {
    words: ['rollback'],
    summary: 'Put a key back to an earlier version',
    group: 'History',
    load: async () => (await import('./history/rollback.ts')).rollback,
  },
  {
    words: ['revert'],
    summary: 'Undo one commit',
    group: 'History',
    load: async () => (await import('./history/revert.ts')).revert,
  },
  {
    words: ['restore'],
    summary: 'Bring configuration back to an earlier moment',
    group: 'History',
    load: async () => (await import('./history/restore.ts')).restore,
  },
  {
    words: ['diff'],
    summary: 'Compare environments, moments, or a directory with what is there',
    group: 'History',
    load: async () => (await import('./history/diff.ts')).diff,
  },
  {
    words: ['audit', 'verify'],
    summary: 'Verify the logs of the tenant',
    group: 'History',
    load: async () => (await import('./audit/verify.ts')).verifyAudit,
  },
  {
    words: ['platform', 'audit', 'verify'],
    summary: 'Verify the logs of the platform',
    group: 'History',
    load: async () => (await import('./audit/verify.ts')).verifyPlatformAudit,
  },
  {
    words: ['import'],
    summary: 'Bring a file or a directory in',
    group: 'Files',
    load: async () => (await import('./files/import.ts')).importVerb,
  },
  {
    words: ['export'],
    summary: 'Write configuration as files',
    group: 'Files',
    load: async () => (await import('./files/export.ts')).exportVerb,
  },
  {
    words: ['validate'],
    summary: 'Check files without a server',
    group: 'Files',
    load: async () => (await import('./files/validate.ts')).validate,
  },
  {
    words: ['apply'],
    summary: 'Make a tenant be as a directory says',
    group: 'Files',
    load: async () => (await import('./files/apply.ts')).apply,
  },
  {
    words: ['watch'],
    summary: 'Follow values as they change',
    group: 'Programs',
    load: async () => (await import('./follow/watch.ts')).watch,
  },
  {
    words: ['run'],
    summary: 'Run a program with the values as variables',
    group: 'Programs',
    load: async () => (await import('./follow/run.ts')).run,
  },
  {
    words: ['init'],
    summary: 'Make a tenant, its first namespace and its first key',
    group: 'Start here',
    load: async () => (await import('./session/init.ts')).init,
  },
  {
    words: ['login'],
    summary: 'Log in and keep a profile',
    group: 'Start here',
    load: async () => (await import('./session/login.ts')).login,
  },
  {
    words: ['logout'],
    summary: 'End the session and forget its credentials',
    group: 'Start here',
    load: async () => (await import('./session/logout.ts')).logout,
  },
  {
    words: ['whoami'],
    summary: 'Say who you are and what you may do',
    group: 'Start here',
    load: async () => (await import('./session/whoami.ts')).whoami,
  },
  {
    words: ['password'],
    summary: 'Change your password',
    group: 'Start here',
    load: async () => (await import('./session/password.ts')).password,
  },
  {
    words: ['accept'],
    summary: 'Accept an invitation',
    group: 'Start here',
    load: async () => (await import('./session/accept.ts')).accept,
  },
  {
    words: ['act'],
    summary: 'Work inside a tenant as an administrator of the platform',
    group: 'Start here',
    load: async () => (await import('./session/act.ts')).act,
  },
  {
    words: ['profile', 'list'],
    summary: 'List the profiles',
    group: 'Start here',
    load: async () => (await import('./profile/list.ts')).listProfiles,
  },
  {
    words: ['profile', 'use'],
    summary: 'Use a profile from now on',
    group: 'Start here',
    load: async () => (await import('./profile/use.ts')).useProfile,
  },
  {
    words: ['profile', 'remove'],
    summary: 'Forget a profile',
    group: 'Start here',
    load: async () => (await import('./profile/remove.ts')).removeProfile,
  },
  {
    words: ['serve'],
    summary: 'Start the server',
    group: 'Start here',
    load: async () => (await import('./server/serve.ts')).serve,
  },
  {
    words: ['backup', 'create'],
    summary: 'Make a backup of an installation, or of one tenant',
    group: 'Start here',
    load: async () => (await import('./backup/create.ts')).createBackup,
  },
  {
    words: ['backup', 'verify'],
    summary: 'Verify a backup by restoring it in memory',
    group: 'Start here',
    load: async () => (await import('./backup/verify.ts')).verifyBackup,
  },
  {
    words: ['backup', 'restore'],
    summary: 'Restore a backup',
    group: 'Start here',
    load: async () => (await import('./backup/restore.ts')).restoreBackup,
  },
  {
    words: ['store', 'copy'],
    summary: 'Move an installation to another store, or one tenant to another journal',
    group: 'Start here',
    load: async () => (await import('./store/copy.ts')).copyStore,
  },
  {
    words: ['key', 'rewrap'],
    aliases: [['keys', 'rewrap']],
    summary: 'Bring an installation under another master key',
    group: 'Start here',
    load: async () => (await import('./keys/rewrap.ts')).rewrap,
  },
  {
    words: ['doctor'],
    summary: 'Find out what is wrong',
    group: 'Start here',
    load: async () => (await import('./server/doctor.ts')).doctor,
  },
  {
    words: ['completion'],
    summary: 'Print the completion script of a shell',
    group: 'Start here',
    load: async () => (await import('./completion/script.ts')).completion,
  },
  {
    words: ['complete'],
    summary: 'Say what may stand next; for completion scripts',
    group: 'Start here',
    hidden: true,
    load: async () => (await import('./completion/complete.ts')).complete,
  },
  {
    words: ['version'],
    summary: 'Print the version',
    group: 'Start here',
    load: async () => (await import('./server/version.ts')).showVersion,
  },
]
