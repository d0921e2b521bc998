// A route of a tenant's side once more under /platform: the same schemas, guard and use case, on the platform's own log.
import type { Example, Operation } from '../operation.ts'

interface Difference {
  /** Below /platform, where it is not the tenant's own path. */
  readonly path?: `/${string}`
  readonly summary?: string
  readonly description?: string
  readonly example?: Example
}

/** Only for operations whose use case works on the context's log, whichever side that is of. */
export const onPlatform = (operation: Operation, { path, ...rest }: Difference = {}): Operation => {
  const [method, own] = operation.route.split(' ') as [string, string]
  return {
    ...operation,
    summary: `${operation.summary} (platform)`,
    ...rest,
    route: `${method} /platform${path ?? own}` as Operation['route'],
    tag: 'Platform',
    side: 'platform',
  }
}
