// Reads one application. It shows which namespaces there are, so it takes the right to read all of them.
import { everywhere, namespacesOf, type Resource, type State } from '@konfig/core'
import { check, type Context, notFound } from '../context.ts'
import type { Viewed } from '../resource-view.ts'
import { findApplication } from './find.ts'
import { type ApplicationView, viewedApplication } from './view.ts'

/** Throws `denied` and, for those who would see it, `resource_not_found`. */
export const readableApplication = (context: Context, state: State, nameOrId: string): Resource => {
  const found = findApplication(state, nameOrId)
  if (found === undefined) {
    check(context, 'config:read', everywhere)
    throw notFound('application', nameOrId)
  }
  for (const namespace of namespacesOf(found)) check(context, 'config:read', { namespace })
  return found
}

/** Throws `denied`, `resource_not_found`. */
export const readApplicationResource = async (context: Context, nameOrId: string): Promise<Viewed<ApplicationView>> =>
  viewedApplication(readableApplication(context, context.log.state(), nameOrId))
