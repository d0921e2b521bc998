// Every operation that there is. The server, OpenAPI, the docs and the harness read this list; what is not in it does not exist.
import { accessOperations } from './access/operations.ts'
import { applicationOperations } from './applications/operations.ts'
import { changeOperations } from './changes/operations.ts'
import { configOperations } from './configs/operations.ts'
import { describeOperation } from './describe.ts'
import { identityOperations } from './identity/operations.ts'
import { keyOperations } from './keys/operations.ts'
import type { Operation } from './operation.ts'
import { platformOperations } from './platform/operations.ts'
import { roleOperations } from './roles/operations.ts'
import { streamOperations } from './streams/operations.ts'
import { transferOperations } from './transfer/operations.ts'
import { valueOperations } from './values/operations.ts'

const listed: readonly Operation[] = [
  ...valueOperations,
  ...streamOperations,
  ...configOperations,
  ...applicationOperations,
  ...changeOperations,
  ...transferOperations,
  ...identityOperations,
  ...roleOperations,
  ...accessOperations,
  ...keyOperations,
  ...platformOperations,
]

export const operations: readonly Operation[] = listed.map(describeOperation)
