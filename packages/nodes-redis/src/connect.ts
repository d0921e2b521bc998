// A client of Redis that is opened without waiting, connects again for good, and says in words when it cannot. Knows nothing of what is sent.
import { createClient, ErrorReply, type RedisClientType } from '@redis/client'
import { isEncrypted, tlsDisagreement } from './encryption.ts'

export interface Standing {
  /** Once for each time that it is away; the word is never a secret. */
  readonly away: (word: string) => void
  readonly there: () => void
}

export type Client = RedisClientType<Record<string, never>, Record<string, never>, Record<string, never>, 2>

const shortest = 100
const longest = 5000
/** A server that says nothing for so long is as good as away. */
const silentMillis = 10_000
const pingMillis = 3000
/** What waits while it is slow; what comes on top is lost, as a hint may be. */
const mostWaiting = 10_000

/** A code of the system or the first word of what Redis said: WRONGPASS, NOAUTH, LOADING. */
export const wordOf = (reason: unknown): string => {
  if (!(reason instanceof Error)) return 'no reason given'
  if ('code' in reason && typeof reason.code === 'string') return reason.code
  return /^[A-Z]{3,20}\b/.exec(reason.message)?.[0] ?? reason.constructor.name
}

/** `keeps`: what is asked while it is away is asked when it is there again; else it is refused at once. */
export const connectRedis = (url: string, keeps: boolean, { away, there }: Standing): Client => {
  const client: Client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: !keeps,
    disableClientInfo: true,
    commandsQueueMaxLength: mostWaiting,
    pingInterval: pingMillis,
    socket: {
      connectTimeout: silentMillis,
      socketTimeout: silentMillis,
      reconnectStrategy: (tries) => Math.min(longest, shortest * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2),
    },
  })
  let isThere = false
  let isTold = false
  const tell = (word: string): void => {
    if (isThere || isTold) return
    isTold = true
    away(word)
  }
  client.on('error', (reason: unknown) => {
    isThere = false
    // What Redis itself said needs no guessing.
    if (reason instanceof ErrorReply) tell(wordOf(reason))
    else if (!isTold) void tlsDisagreement(url).then((phrase) => tell(phrase ?? wordOf(reason)))
  })
  // Connected is not yet answered: where TLS alone is spoken, each connection comes about and breaks.
  client.on('ready', () => {
    const answered = (): void => {
      isThere = true
      isTold = false
      there()
    }
    client.ping().then(answered, (reason: unknown) => {
      if (reason instanceof ErrorReply) answered()
    })
  })
  client.connect().catch(() => undefined)
  // A server that does not speak TLS waits in silence for more, and would be known only when time is up.
  if (isEncrypted(url))
    void tlsDisagreement(url).then((phrase) => {
      if (phrase !== undefined) tell(phrase)
    })
  return client
}
