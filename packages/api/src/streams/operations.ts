// The operations of this folder.
import type { Operation } from '../operation.ts'
import { followStream } from './follow.ts'

export const streamOperations: readonly Operation[] = [followStream]
