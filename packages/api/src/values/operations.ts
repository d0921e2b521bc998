// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { readNamespaceValues } from './read-namespace.ts'
import { readOneValue } from './read-value.ts'
import { readValues } from './read-values.ts'

export const valueOperations: readonly Operation[] = [readValues, readNamespaceValues, readOneValue]
