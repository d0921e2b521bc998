// Requests of the suites: plain HTTP over a socket, as a user's program would send them.
import type { World } from './world.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, or of a stream the data of its first event, as JSON; undefined where it is none. */
  readonly json: unknown
}

export interface Ask {
  readonly method: string
  /** Below /api/v1, unless it begins with a slash of its own (`//health`). */
  readonly path: string
  readonly query?: { readonly [name: string]: string } | undefined
  /** Bytes go as they are; a text does under any media type but JSON's; everything else goes as JSON. */
  readonly body?: unknown
  readonly mediaType?: string | undefined
  /** Access token or API key. */
  readonly credential?: string | undefined
  readonly headers?: { readonly [name: string]: string } | undefined
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Of a stream as much as shows its first event. */
const untilEvent = async (response: Response): Promise<string> => {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (!/^data: .*\n\n/m.test(text)) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return text
}

/** Holes of core's sentences that nothing fills, and two full stops; what a user sent is never repeated there, so nothing else looks like one. */
const unfinished = /"detail":"(?:[^"\\]|\\.)*(?:\{\w+\}|\w\.\.[" ])/

export const ask = async (
  world: Pick<World, 'url'>,
  { method, path, query, body, mediaType, credential, headers }: Ask,
): Promise<Reply> => {
  const at = path.startsWith('//') ? path.slice(1) : `/api/v1${path}`
  const search =
    query === undefined || Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query).toString()}`
  const response = await fetch(`${world.url}${at}${search}`, {
    method,
    headers: {
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      ...(body === undefined ? {} : { 'content-type': mediaType ?? 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : {
          body:
            body instanceof Uint8Array
              ? new Uint8Array(body)
              : typeof body === 'string' && mediaType !== undefined && mediaType !== 'application/json'
                ? body
                : JSON.stringify(body),
        }),
    redirect: 'manual',
  })
  const streams = (response.headers.get('content-type') ?? '') === 'text/event-stream' && method !== 'HEAD'
  const text = await (streams ? untilEvent(response) : response.text())
  if ((response.headers.get('content-type') ?? '').startsWith('application/problem+json') && unfinished.test(text))
    throw new Error(`a problem's sentence is not finished: ${text.slice(0, 500)}`)
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: parse(streams ? (/^data: (.*)$/m.exec(text)?.[1] ?? '') : text),
  }
}

/** Logs in by the front door. */
export const loginAs = async (
  world: Pick<World, 'url'>,
  email: string,
  tenant: string | undefined,
  word: string,
): Promise<string> => {
  const reply = await ask(world, {
    method: 'POST',
    path: '/auth/login',
    body: { email, password: word, ...(tenant === undefined ? {} : { tenant }) },
  })
  const { accessToken } = (reply.json ?? {}) as { readonly accessToken?: string }
  if (accessToken === undefined) throw new Error(`login failed: ${reply.status} ${reply.text}`)
  return accessToken
}
