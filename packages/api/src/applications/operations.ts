// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { postApplication } from './create-application.ts'
import { deleteOneApplication } from './delete-application.ts'
import { getApplications } from './list-applications.ts'
import { getApplicationConfigs } from './list-configs.ts'
import { patchOneApplication } from './patch-application.ts'
import { putOneApplication } from './put-application.ts'
import { getApplication } from './read-application.ts'

export const applicationOperations: readonly Operation[] = [
  getApplications,
  postApplication,
  getApplication,
  putOneApplication,
  patchOneApplication,
  deleteOneApplication,
  getApplicationConfigs,
]
