// Finds and reads files below what was named. Follows links that stay inside, each folder once, so that no loop is endless
// and nothing outside is read. Owns the limits; knows no format.
import { largestFileBytes } from '@konfig/files'
import type { Stats } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { refuse } from '../problem/problem.ts'

export interface FoundFile {
  /** As it was named, or below the folder that was: for messages. */
  readonly path: string
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Found {
  readonly files: readonly FoundFile[]
  readonly isFolder: boolean
  /** Folders that were not looked into, where only one level was asked for. */
  readonly passedOver: readonly string[]
}

const mostFiles = 10_000
const mostBytes = 256 * 1_048_576
const deepest = 32

const whys: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read',
  ELOOP: 'is a link that leads back to itself',
  ENAMETOOLONG: 'has a name that is too long',
}

const unreadable = (path: string, reason: unknown): never => {
  const { code = 'unknown' } = reason as NodeJS.ErrnoException
  return refuse(
    { code: 'file_unreadable', outcome: 'usage', detail: `${path} ${whys[code] ?? `cannot be read (${code})`}.` },
    reason,
  )
}

const tooLarge = (detail: string, next: string): never =>
  refuse({ code: 'too_large', outcome: 'too_large', detail, next })

const statOf = (path: string): Promise<Stats> => stat(path).catch((reason: unknown) => unreadable(path, reason))

/** A file of at most 64 MiB: what is larger is not even begun to be read. */
export const readOne = async (path: string): Promise<FoundFile> => {
  const { size } = await statOf(path)
  if (size > largestFileBytes)
    tooLarge(
      `${path} is larger than 64 MiB.`,
      'Split it, one namespace a file, and import the parts one after another; what is there already is left alone.',
    )
  const bytes = await readFile(path).catch((reason: unknown) => unreadable(path, reason))
  return { path, name: basename(path), bytes }
}

interface Walk {
  readonly root: string
  readonly recursive: boolean
  readonly wanted: (name: string) => boolean
  readonly seen: Set<string>
  readonly files: FoundFile[]
  readonly passedOver: string[]
  bytes: number
}

const isInside = (root: string, path: string): boolean => path === root || path.startsWith(`${root}${sep}`)

const visit = async (walk: Walk, folder: string, depth: number): Promise<void> => {
  if (depth > deepest) tooLarge(`${folder} lies deeper than ${deepest} folders.`, 'Name a folder further down.')
  const real = await realpath(folder)
  if (walk.seen.has(real)) return
  walk.seen.add(real)
  const names = await readdir(folder).catch((reason: unknown) => unreadable(folder, reason))
  for (const name of names.toSorted()) {
    if (name.startsWith('.')) continue
    const path = join(folder, name)
    const target = await realpath(path).catch((reason: unknown) => unreadable(path, reason))
    if (!isInside(walk.root, target))
      refuse({
        code: 'path_outside',
        outcome: 'usage',
        detail: `${path} is a link that leads out of the folder.`,
        next: 'Put a copy there instead, or name the other folder by itself.',
      })
    const found = await statOf(path)
    if (found.isDirectory()) {
      if (walk.recursive) await visit(walk, path, depth + 1)
      else walk.passedOver.push(path)
    } else if (walk.wanted(name)) {
      if (!found.isFile()) refuse({ code: 'file_unreadable', outcome: 'usage', detail: `${path} is no file.` })
      const read = await readOne(path)
      walk.bytes += read.bytes.length
      if (walk.files.length >= mostFiles || walk.bytes > mostBytes)
        tooLarge(
          `${relative('', walk.root) || '.'} holds more than ${mostFiles} files or 256 MiB.`,
          'Name fewer at a time.',
        )
      walk.files.push(read)
    }
  }
}

/** What lies at a path: a file, or all wanted files of a folder, by name. Names that begin with a dot are left out. */
export const findFiles = async (
  path: string,
  { recursive, wanted }: Pick<Walk, 'recursive' | 'wanted'>,
): Promise<Found> => {
  if (!(await statOf(path)).isDirectory()) return { files: [await readOne(path)], isFolder: false, passedOver: [] }
  const walk: Walk = {
    root: await realpath(path),
    recursive,
    wanted,
    seen: new Set(),
    files: [],
    passedOver: [],
    bytes: 0,
  }
  await visit(walk, path, 0)
  return { files: walk.files, isFolder: true, passedOver: walk.passedOver }
}
