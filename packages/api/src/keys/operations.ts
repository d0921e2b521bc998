// The operations of this folder, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { getKeys } from './list-keys.ts'
import { postKeysRotate } from './rotate-keys.ts'

export const keyOperations: readonly Operation[] = [getKeys, postKeysRotate]
