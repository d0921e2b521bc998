// One request with the client's credential. Owns address, headers and the hooks around it; knows no answer's meaning.
import { harmless, type Hooks } from './hooks.ts'

export interface Asking {
  /** Without a slash at its end. */
  readonly url: string
  readonly apiKey: () => string | Promise<string>
  readonly fetch: typeof fetch
  readonly hooks: Hooks
}

export interface Ask {
  readonly method?: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Asked {
  readonly response: Response
  /** To be called when the answer was read or given up. */
  readonly end: () => void
}

const present = (given: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** A key that cannot stand in a header would make `fetch` fail with a message that repeats it. */
export const isSendable = (key: unknown): key is string => typeof key === 'string' && /^[\x21-\x7e]{1,4096}$/.test(key)

/** Rejects only where no answer came. */
export const send = async (
  { url, apiKey, fetch: fetchIt, hooks }: Asking,
  { method = 'GET', path, query = {}, headers = {}, body, signal }: Ask,
): Promise<Asked> => {
  const search = new URLSearchParams(present(query)).toString()
  const address = `${url}${path}`
  const added: Record<string, string> = {}
  const ended = harmless(() => hooks.request?.({ method, url: address, headers: added }))
  let status: number | undefined
  let over = false
  const end = (): void => {
    if (over) return
    over = true
    harmless(() => ended?.({ status }))
  }
  try {
    const key = await apiKey()
    if (!isSendable(key)) throw new TypeError('The API key is empty or holds what cannot be sent.')
    const response = await fetchIt(search === '' ? address : `${address}?${search}`, {
      method,
      headers: { ...added, ...present(headers), authorization: `Bearer ${key}` },
      // What is kept is kept here: a cache of the browser must not answer.
      cache: 'no-store',
      // Neither values nor what is sent go by way of somebody who was not named.
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    })
    status = response.status
    return { response, end }
  } catch (reason) {
    end()
    throw reason
  }
}

/** The body as text, given up beyond `maximum` bytes; `came` is called with each part of it. */
export const readText = async (
  response: Response,
  maximum: number,
  came: () => void = () => undefined,
): Promise<string | undefined> => {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    came()
    bytes += value.byteLength
    if (bytes > maximum) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}
