// Who the caller is, as the server says it.
import { plain } from '../output/plain.ts'

export interface Me {
  readonly type: 'user' | 'key'
  readonly actor: string
  readonly email: string | null
  readonly displayName: string | null
  readonly name: string | null
  readonly tenant: string | null
  readonly acting: boolean
  readonly grants: readonly {
    readonly permissions: readonly string[]
    readonly namespaces: readonly string[] | null
    readonly environments: readonly string[] | null
  }[]
  readonly platformPermissions: readonly string[]
  readonly memberships: readonly { readonly tenant: string; readonly roles: readonly string[] }[]
}

export const whoText = ({ type, email, name, actor, tenant }: Me): string =>
  plain(
    `${type === 'key' ? `API key ${name ?? actor}` : (email ?? actor)}${tenant === null ? '' : ` in tenant ${tenant}`}`,
  )
