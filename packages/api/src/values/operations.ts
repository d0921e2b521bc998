// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'

export const valueOperations: readonly Operation[] = []
