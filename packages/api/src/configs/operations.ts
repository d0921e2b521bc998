// The operations of this folder, one file each, in the order in which the docs show them.
import type { Operation } from '../operation.ts'
import { postConfig } from './create-config.ts'
import { postConfigSomewhere } from './create-config-somewhere.ts'
import { postEnvironment } from './create-environment.ts'
import { postNamespace } from './create-namespace.ts'
import { deleteOneConfig } from './delete-config.ts'
import { deleteConfigById } from './delete-config-by-id.ts'
import { deleteOneEnvironment } from './delete-environment.ts'
import { deleteOneNamespace } from './delete-namespace.ts'
import { getAllConfigs } from './list-all-configs.ts'
import { getConfigs } from './list-configs.ts'
import { getEnvironments } from './list-environments.ts'
import { getNamespaces } from './list-namespaces.ts'
import { getOverrides } from './list-overrides.ts'
import { patchOneConfig } from './patch-config.ts'
import { patchConfigById } from './patch-config-by-id.ts'
import { patchOneEnvironment } from './patch-environment.ts'
import { patchOneNamespace } from './patch-namespace.ts'
import { putOneConfig } from './put-config.ts'
import { putConfigById } from './put-config-by-id.ts'
import { putOneEnvironment } from './put-environment.ts'
import { putOneNamespace } from './put-namespace.ts'
import { getConfig } from './read-config.ts'
import { getConfigById } from './read-config-by-id.ts'
import { getEffective } from './read-effective.ts'
import { getEnvironment } from './read-environment.ts'
import { getHistory } from './read-history.ts'
import { getNamespace } from './read-namespace.ts'
import { postRollback } from './rollback-config.ts'

export const configOperations: readonly Operation[] = [
  getNamespaces,
  postNamespace,
  getNamespace,
  putOneNamespace,
  patchOneNamespace,
  deleteOneNamespace,
  getConfigs,
  postConfig,
  getConfig,
  putOneConfig,
  patchOneConfig,
  deleteOneConfig,
  getEffective,
  getHistory,
  postRollback,
  getAllConfigs,
  postConfigSomewhere,
  getConfigById,
  putConfigById,
  patchConfigById,
  deleteConfigById,
  getOverrides,
  getEnvironments,
  postEnvironment,
  getEnvironment,
  putOneEnvironment,
  patchOneEnvironment,
  deleteOneEnvironment,
]
