// Reads the file of profiles. Says who else can read it; changes nothing.
import { readFileSync, statSync } from 'node:fs'
import { refuse } from '../problem/problem.ts'
import type { Profile, ProfileFile } from './profile.ts'

export interface ReadProfiles extends ProfileFile {
  /** What is wrong with the file's mode, as one sentence. */
  readonly warning?: string
}

const texts = [
  'tenant',
  'email',
  'environment',
  'namespace',
  'caFile',
  'apiKey',
  'accessToken',
  'refreshToken',
] as const

const profileOf = (given: unknown): Profile | undefined => {
  if (typeof given !== 'object' || given === null) return undefined
  const from = given as { readonly [name: string]: unknown }
  if (typeof from['url'] !== 'string') return undefined
  const kept = texts.flatMap((name) => (typeof from[name] === 'string' ? [[name, from[name]] as const] : []))
  return {
    url: from['url'],
    ...Object.fromEntries(kept),
    ...(typeof from['expiresAt'] === 'number' ? { expiresAt: from['expiresAt'] } : {}),
  }
}

const broken = (path: string, cause?: unknown): never =>
  refuse(
    {
      code: 'profiles_unreadable',
      outcome: 'usage',
      detail: `The profiles in ${path} cannot be read.`,
      next: 'Mend the file, or delete it and log in again with `konfig login`.',
    },
    cause,
  )

const parse = (path: string, text: string): ProfileFile => {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (reason) {
    return broken(path, reason)
  }
  if (typeof read !== 'object' || read === null) return broken(path)
  const { current, profiles = {} } = read as { readonly current?: unknown; readonly profiles?: unknown }
  if (typeof profiles !== 'object' || profiles === null) return broken(path)
  const known = Object.entries(profiles).map(([name, given]) => [name, profileOf(given) ?? broken(path)] as const)
  return { ...(typeof current === 'string' ? { current } : {}), profiles: Object.fromEntries(known) }
}

const othersMayRead = 0o077

export const readProfiles = (path: string): ReadProfiles => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return { profiles: {} }
    return broken(path, reason)
  }
  const open = process.platform !== 'win32' && (statSync(path).mode & othersMayRead) !== 0
  return {
    ...parse(path, text),
    ...(open ? { warning: `Others can read ${path}, which holds credentials; run: chmod 600 ${path}` } : {}),
  }
}
