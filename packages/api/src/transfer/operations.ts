// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { getExport } from './export.ts'
import { postImport } from './import.ts'
import { postPreview } from './preview.ts'

export const transferOperations: readonly Operation[] = [postImport, getExport, postPreview]
