// The kinds that there are. Adding one is its file, its name in log/commit.ts and its line here; nothing else knows a kind's name.
import type { KindName } from '../log/commit.ts'
import { apiKey } from './api-key.ts'
import { application } from './application.ts'
import { brand } from './brand.ts'
import { config } from './config.ts'
import { environment } from './environment.ts'
import type { Kind } from './kind.ts'
import { member } from './member.ts'
import { namespace } from './namespace.ts'
import { override } from './override.ts'
import { plan } from './plan.ts'
import { role } from './role.ts'
import { settings } from './settings.ts'
import { tenant } from './tenant.ts'

export const kinds: { readonly [name in KindName]: Kind } = {
  brand,
  plan,
  tenant,
  settings,
  environment,
  namespace,
  application,
  config,
  override,
  role,
  member,
  apiKey,
}

/** In the order in which a manifest list may be applied: what others need comes first. */
export const kindNames = Object.keys(kinds) as readonly KindName[]

export const isKindName = (name: string): name is KindName => Object.hasOwn(kinds, name)
