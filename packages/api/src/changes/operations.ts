// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { postChanges } from './apply.ts'
import { getDiff } from './compare.ts'
import { getCommits } from './list.ts'
import { getCommit } from './read.ts'
import { postRestore } from './restore.ts'
import { postRevert } from './revert.ts'

export const changeOperations: readonly Operation[] = [
  postChanges,
  getCommits,
  getCommit,
  postRevert,
  postRestore,
  getDiff,
]
