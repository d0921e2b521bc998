// Asks the API: address, credential, JSON, and problems thrown as `CommandError`. Must not know any command.
import { readFileSync } from 'node:fs'
import { CommandError, refuse, usage } from '../problem/problem.ts'
import type { Credential } from '../settings.ts'
import { foreign, refusal, unreachable } from './failed.ts'
import { type Reply, send } from './send.ts'

export type Query = { readonly [name: string]: string | number | boolean | undefined }

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1, its parts encoded already: see `pathOf`. */
  readonly path: string
  readonly query?: Query
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, instead of `body`. */
  readonly raw?: { readonly mediaType: string; readonly content: string | Uint8Array }
  readonly headers?: { readonly [name: string]: string }
  /** Without credentials: logging in, registering. */
  readonly anonymous?: boolean
}

export interface Answer {
  readonly status: number
  readonly headers: Reply['headers']
  /** What the text says as JSON; undefined where it is empty or another format. */
  readonly body: unknown
  readonly text: string
}

export interface Client {
  readonly url: string
  /** Throws `CommandError` for everything but an answer of 2xx. */
  readonly ask: (request: ApiRequest) => Promise<Answer>
  /** Address and headers of a request, for those who hold it open themselves. */
  readonly prepare: (request: ApiRequest) => Promise<Prepared>
}

export interface Prepared {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly ca: string | undefined
  readonly timeoutMillis: number
}

export interface ClientOptions {
  readonly url: string
  readonly urlFrom: string
  readonly caFile: string | undefined
  readonly timeoutMillis: number
  /** The credential to send now; asked before each request, since a token may have to be refreshed first. */
  readonly credential: () => Credential | undefined | Promise<Credential | undefined>
  /** Called once where the token is refused as too old: another one, or undefined where there is none. */
  readonly renew?: (refused: string) => Promise<Credential | undefined>
  /** One line on each request, without secrets. */
  readonly trace?: ((line: string) => void) | undefined
}

/** `pathOf`/namespaces/${name}``: each hole is encoded. */
export const pathOf = (parts: TemplateStringsArray, ...holes: readonly string[]): string =>
  parts.reduce((path, part, index) => path + encodeURIComponent(holes[index - 1] ?? '') + part)

const searchOf = (query: Query = {}): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const sendable = /^[\u0021-\u007e]+$/

const authorization = (credential: Credential): { readonly authorization: string } =>
  sendable.test(credential.text)
    ? { authorization: `Bearer ${credential.text}` }
    : usage(
        `The credential of ${credential.from === 'variable' ? credential.variable : 'the profile'} holds characters that no key or token has.`,
        'Set it again, without line ends or spaces.',
      )

const authorityIn = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (reason) {
    return refuse(
      {
        code: 'ca_unreadable',
        outcome: 'usage',
        detail: `The certificate file ${file} cannot be read.`,
        next: 'Check KONFIG_CA_FILE.',
      },
      reason,
    )
  }
}

const bodyOf = ({ body, raw }: ApiRequest): { readonly content?: string | Uint8Array; readonly mediaType?: string } =>
  raw !== undefined
    ? { content: raw.content, mediaType: raw.mediaType }
    : body === undefined
      ? {}
      : { content: JSON.stringify(body), mediaType: 'application/json' }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const agent = 'konfig-cli/0.1.0'

/** What was sent and not taken; where nothing was, the problem says enough. */
const unknownTo = (credential: Credential | undefined): { readonly detail?: string; readonly next?: string } => {
  if (credential === undefined) return {}
  const isVariable = credential.from === 'variable'
  const holder = isVariable ? credential.variable : 'the profile'
  return {
    detail: `The server does not take the credential of ${holder}.`,
    next: `It may have been revoked, or its time be over, or it is of another server: ${isVariable ? `put ${holder} right, or unset it and use a profile` : 'log in again with `konfig login`'}.`,
  }
}

export const openClient = (options: ClientOptions): Client => {
  const ca = options.caFile === undefined ? undefined : authorityIn(options.caFile)
  const asked = { url: options.url, urlFrom: options.urlFrom }

  const prepareWith = (request: ApiRequest, credential: Credential | undefined): Prepared => {
    const { content, mediaType } = bodyOf(request)
    return {
      url: `${options.url}/api/v1${request.path}${searchOf(request.query)}`,
      headers: {
        accept: 'application/json',
        'user-agent': agent,
        ...(content === undefined ? {} : { 'content-length': String(Buffer.byteLength(content)) }),
        ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
        ...(credential === undefined ? {} : authorization(credential)),
        ...request.headers,
      },
      ca,
      timeoutMillis: options.timeoutMillis,
    }
  }
  const credentialFor = async (request: ApiRequest): Promise<Credential | undefined> =>
    request.anonymous === true ? undefined : options.credential()

  const exchange = async (request: ApiRequest, credential: Credential | undefined): Promise<Reply> => {
    const { url, headers, timeoutMillis } = prepareWith(request, credential)
    const method = request.method ?? 'GET'
    const began = options.trace === undefined ? 0 : performance.now()
    try {
      const reply = await send({
        method,
        url,
        headers,
        body: bodyOf(request).content,
        timeoutMillis,
        ...(ca === undefined ? {} : { ca }),
      })
      options.trace?.(`${method} ${url} ${reply.status} ${Math.round(performance.now() - began)} ms`)
      return reply
    } catch (reason) {
      options.trace?.(`${method} ${url} no answer`)
      throw new CommandError(unreachable(asked, reason), { cause: reason })
    }
  }

  const ask = async (request: ApiRequest): Promise<Answer> => {
    const credential = await credentialFor(request)
    let reply = await exchange(request, credential)
    if (reply.status === 401 && credential !== undefined && options.renew !== undefined) {
      const renewed = await options.renew(credential.text)
      if (renewed !== undefined) reply = await exchange(request, renewed)
    }
    if (reply.status < 200 || reply.status > 299) {
      const problem = refusal(reply) ?? foreign(asked, reply)
      return refuse(problem.code === 'unauthenticated' ? { ...problem, ...unknownTo(credential) } : problem)
    }
    const json = /^application\/json\b/.test(reply.headers['content-type'] ?? '')
    const body = json ? parsed(reply.text) : undefined
    if ((json && body === undefined && reply.text !== '') || /^text\/html\b/.test(reply.headers['content-type'] ?? ''))
      return refuse(foreign(asked, reply))
    return { status: reply.status, headers: reply.headers, body, text: reply.text }
  }

  return { url: options.url, ask, prepare: async (request) => prepareWith(request, await credentialFor(request)) }
}
