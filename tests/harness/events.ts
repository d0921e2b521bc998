// A client of streams as a user's program would have it: reads events off the wire, keeps the values that they tell, remembers where it is.
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { World } from './world.ts'

/** What any event may hold. */
export interface TellData {
  readonly log?: string
  readonly reason?: string
  readonly values?: Record<string, unknown>
  readonly changed?: Record<string, unknown>
  readonly removed?: Record<string, readonly string[]> | readonly string[]
}

export interface Told {
  readonly type: string
  readonly id: string
  readonly data: TellData
}

export interface Following {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** Every event so far. */
  readonly told: readonly Told[]
  /** The last id, from events and heartbeats. */
  readonly point: () => string
  readonly log: () => string
  /** The values as the events leave them. */
  readonly values: () => Record<string, unknown>
  /** Resolves when the check holds; rejects when the stream ends before. */
  readonly until: (holds: () => boolean) => Promise<void>
  /** The text as it came. */
  readonly text: () => string
  readonly ended: Promise<void>
  readonly isEnded: () => boolean
  readonly cut: () => void
  readonly pause: () => void
}

export interface FollowOptions {
  readonly credential?: string | undefined
  readonly query: string
  readonly headers?: { readonly [name: string]: string }
  /** What the client held when it was cut. */
  readonly values?: Record<string, unknown> | undefined
}

const patienceMillis = 60_000

const applied = (values: Record<string, unknown>, { type, data }: Told): Record<string, unknown> => {
  if (type === 'sync') return structuredClone(data.values ?? {})
  if (type !== 'change') return values
  const next = structuredClone(values) as Record<string, Record<string, unknown>>
  if (Array.isArray(data.removed)) {
    Object.assign(next, data.changed)
    for (const key of data.removed) delete next[key]
    return next
  }
  for (const [namespace, changed] of Object.entries(data.changed ?? {}))
    next[namespace] = { ...next[namespace], ...(changed as object) }
  for (const [namespace, keys] of Object.entries((data.removed ?? {}) as Record<string, readonly string[]>))
    for (const key of keys) delete next[namespace]?.[key]
  return next
}

/** Opens a stream; resolves when its headers are there, whatever its status. */
export const follow = (
  world: Pick<World, 'url'>,
  { credential, query, headers, values: held = {} }: FollowOptions,
): Promise<Following> =>
  new Promise((resolve, reject) => {
    const asked: ClientRequest = request(
      `${world.url}/api/v1/stream?${query}`,
      {
        agent: false,
        headers: { ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }), ...headers },
      },
      (response) => {
        const told: Told[] = []
        let values = held
        let text = ''
        let rest = ''
        let point = ''
        let ended = false
        const waiting = new Set<() => void>()
        const wake = (): void => {
          for (const each of waiting) each()
        }
        const read = (block: string): void => {
          const fields: Record<string, string> = {}
          for (const line of block.split('\n')) {
            const colon = line.indexOf(': ')
            if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2)
          }
          if (fields['id'] !== undefined) point = fields['id']
          if (fields['data'] === undefined) return
          const event: Told = {
            type: fields['event'] ?? 'message',
            id: fields['id'] ?? '',
            data: JSON.parse(fields['data']),
          }
          told.push(event)
          values = applied(values, event)
        }
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          rest += chunk
          for (let end = rest.indexOf('\n\n'); end !== -1; end = rest.indexOf('\n\n')) {
            read(rest.slice(0, end))
            rest = rest.slice(end + 2)
          }
          wake()
        })
        const done = Promise.withResolvers<void>()
        response.once('close', () => {
          ended = true
          done.resolve()
          wake()
        })
        response.on('error', () => undefined)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          told,
          point: () => point,
          log: () => String(response.headers['konfig-log']),
          values: () => values,
          text: () => text,
          until: (holds) =>
            new Promise<void>((held, failed) => {
              const timer = setTimeout(() => {
                waiting.delete(look)
                failed(new Error(`waited in vain; told: ${JSON.stringify(told).slice(-800)}`))
              }, patienceMillis)
              const look = (): void => {
                if (!holds() && !ended) return
                waiting.delete(look)
                clearTimeout(timer)
                if (holds()) held()
                else failed(new Error(`the stream ended; told: ${JSON.stringify(told).slice(-800)}`))
              }
              waiting.add(look)
              look()
            }),
          ended: done.promise,
          isEnded: () => ended,
          cut: () => asked.destroy(),
          pause: () => {
            response.pause()
          },
        })
      },
    )
    asked.on('error', reject)
    asked.end()
  })

/** Goes on where a stream was cut. */
export const resume = (world: Pick<World, 'url'>, before: Following, options: FollowOptions): Promise<Following> =>
  follow(world, {
    ...options,
    values: before.values(),
    headers: { 'last-event-id': before.point(), 'konfig-log': before.log(), ...options.headers },
  })
