// A route of a tenant's side once more under /platform: the same schemas, guard and use case, on the platform's own log.
import type { TObject } from 'typebox'
import type { Example, Operation } from '../operation.ts'

interface Difference {
  /** Below /platform, where it is not the tenant's own path. */
  readonly path?: `/${string}`
  readonly summary?: string
  readonly description?: string
  readonly example?: Example
  /** Where the platform's side takes more than a tenant's. */
  readonly query?: TObject
  readonly body?: TObject
}

/** Only for operations whose use case works on the context's log, whichever side that is of. */
export const onPlatform = (operation: Operation, { path, ...rest }: Difference = {}): Operation => {
  const [method = '', own = ''] = operation.route.split(' ')
  return {
    ...operation,
    summary: `${operation.summary} (platform)`,
    ...rest,
    route: `${method} /platform${path ?? own}` as Operation['route'],
    tag: 'Platform',
    side: 'platform',
    run: async (context, input) => {
      const answer = await operation.run(context, input)
      return answer.headers === undefined ? answer : { ...answer, headers: led(answer.headers) }
    },
  }
}

/** Links and locations lead to the same side. */
const led = (headers: { readonly [name: string]: string }): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) =>
      name === 'link' || name === 'location'
        ? [name, value.replace(/^(<?)\/api\/v1\//, '$1/api/v1/platform/')]
        : [name, value],
    ),
  )
