// Sessions: one record for each login, which is also the family of its refresh tokens. Deleting the record ends both.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { failure, KonfigError, type Millis } from '@konfig/core'
import type { SealedRecord } from '@konfig/journal'
import type { App } from '../app.ts'
import { memoryOf, type SessionReading } from './memory.ts'

export interface Session {
  readonly id: string
  readonly userId: string
  /** The tenant's name that its tokens are for; undefined for the platform's side. */
  readonly tenant: string | undefined
  readonly createdAt: Millis
  readonly usedAt: Millis
  /** Number of the refresh token that is good now; those before it are spent. */
  readonly generation: number
  readonly rotatedAt: Millis
}

const collection = 'sessions'
/** A revoked session is refused at once here, and within this long on other nodes. */
const cacheMillis = 1000
/** A record that takes longer is not waited for where its session is known. */
const patienceMillis = 1000
/** Of one user at a time: one more ends the one that was used longest ago. */
export const mostSessions = 100
/** A client that lost the answer to a refresh may ask again for this long. */
const graceMillis = 10_000
const dayMillis = 24 * 3_600_000

const idOf = (userId: string, sessionId: string): string => `${userId}/${sessionId}`

export const startSession = async (app: App, userId: string, tenant: string | undefined): Promise<Session> => {
  const now = app.ports.now()
  const session: Session = {
    id: app.ports.newId(),
    userId,
    tenant,
    createdAt: now,
    usedAt: now,
    generation: 1,
    rotatedAt: now,
  }
  const version = await app.records.put(
    collection,
    idOf(userId, session.id),
    undefined,
    session,
    now + app.options.refreshTokenDays * dayMillis,
  )
  if (version === undefined) throw new KonfigError(failure('unavailable', { what: 'The session', seconds: 1 }))
  await endOldest(app, session)
  return session
}

/** Whoever logs in again and again, a forgotten script say, leaves no more records than this. The newest one stays, whatever the clock says. */
const endOldest = async (app: App, newest: Session): Promise<void> => {
  const others = (await sessionsOf(app, newest.userId)).filter(({ id }) => id !== newest.id)
  const oldestFirst = others.toSorted((a, b) => a.usedAt - b.usedAt)
  for (const { id } of oldestFirst.slice(0, Math.max(0, others.length + 1 - mostSessions)))
    await endSession(app, newest.userId, id)
}

const readRecord = async (app: App, id: string): Promise<Session | undefined> => {
  const { sessions } = memoryOf(app)
  const cached = sessions.get(id)
  const readAt = app.ports.now()
  try {
    const session = (await app.records.get<Session>(collection, id))?.value
    // Ended here while it was being read: the end counts.
    if (sessions.get(id) === cached) sessions.set(id, { readAt, session })
    return sessions.get(id)?.session
  } catch (reason) {
    if (cached !== undefined && reason instanceof KonfigError && reason.failure.category === 'unavailable')
      return cached.session
    throw reason
  }
}

/** One reading at a time, so that a journal that hangs is not asked once for each request. */
const readingOf = (app: App, id: string): SessionReading => {
  const { sessionReadings } = memoryOf(app)
  const under = sessionReadings.get(id)
  if (under !== undefined) return under
  const session = readRecord(app, id).finally(() => sessionReadings.delete(id))
  // Whoever asked may have gone on without it.
  session.catch(() => undefined)
  const begun = { since: app.ports.now(), session }
  sessionReadings.set(id, begun)
  return begun
}

const within = async <T>(work: Promise<T>, millis: Millis, otherwise: T): Promise<T> => {
  const { promise, resolve } = Promise.withResolvers<T>()
  const late = setTimeout(() => resolve(otherwise), millis)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(late)
  }
}

/**
 * The session if it lives: from memory for a second, else from its record. While the journal is away, or leaves the record waiting for longer
 * than a moment, what was last read counts: whoever only reads is not held up by a database that hangs.
 */
export const readSession = async (app: App, userId: string, sessionId: string): Promise<Session | undefined> => {
  const id = idOf(userId, sessionId)
  const cached = memoryOf(app).sessions.get(id)
  const now = app.ports.now()
  if (cached !== undefined && now - cached.readAt < cacheMillis) return cached.session
  const { since, session } = readingOf(app, id)
  if (cached === undefined) return session
  const left = patienceMillis - (now - since)
  return left <= 0 ? cached.session : within(session, left, cached.session)
}

const drop = async (app: App, userId: string, found: SealedRecord<Session>): Promise<void> => {
  let current: SealedRecord<Session> | undefined = found
  // A refresh at the same time gives the record a new version; it is ended all the same.
  while (current !== undefined && !(await app.records.delete(collection, current.id, current.version)))
    current = await app.records.get<Session>(collection, found.id)
  memoryOf(app).sessions.set(idOf(userId, found.value.id), { readAt: app.ports.now(), session: undefined })
}

/** True where there was one to end. */
export const endSession = async (app: App, userId: string, sessionId: string): Promise<boolean> => {
  const found = await app.records.get<Session>(collection, idOf(userId, sessionId))
  if (found === undefined) return false
  await drop(app, userId, found)
  return true
}

export const sessionsOf = async (app: App, userId: string): Promise<readonly Session[]> => {
  const all: Session[] = []
  let after: string | undefined
  for (;;) {
    const found = await app.records.list<Session>(collection, {
      prefix: `${userId}/`,
      limit: 200,
      ...(after === undefined ? {} : { after }),
    })
    all.push(...found.map(({ value }) => value))
    after = found.at(-1)?.id
    if (found.length === 0) return all
  }
}

export const endSessionsOf = async (app: App, userId: string, except?: string): Promise<void> => {
  for (const { id } of await sessionsOf(app, userId)) if (id !== except) await endSession(app, userId, id)
}

// A refresh token is not stored: it is the session's number n, proven by a keyed hash, so that a lost answer can be given again.
const proofOf = (app: App, userId: string, sessionId: string, generation: number): string =>
  createHmac('sha256', app.tokenKey).update(`refresh ${userId} ${sessionId} ${generation}`).digest('base64url')

export const refreshTokenOf = (app: App, { userId, id, generation }: Session): string =>
  `kfr_${userId}.${id}.${generation}.${proofOf(app, userId, id, generation)}`

const shape = /^kfr_([0-9a-f-]{36})\.([0-9a-f-]{36})\.([1-9]\d{0,9})\.([\w-]{43})$/

export type Rotated =
  | { readonly outcome: 'rotated'; readonly session: Session }
  /** The token was spent before: somebody else may hold its successor, so the family is ended. */
  | { readonly outcome: 'reused'; readonly session: Session }
  | { readonly outcome: 'invalid' }

/** Spends a refresh token. One that was never given out changes nothing. */
export const rotateSession = async (app: App, token: string): Promise<Rotated> => {
  const [, userId, sessionId, number, proof] = shape.exec(token) ?? []
  if (userId === undefined || sessionId === undefined || proof === undefined) return { outcome: 'invalid' }
  const generation = Number(number)
  const expected = Buffer.from(proofOf(app, userId, sessionId, generation))
  if (!timingSafeEqual(expected, Buffer.from(proof))) return { outcome: 'invalid' }
  for (let attempt = 0; attempt < 20; attempt++) {
    const found = await app.records.get<Session>(collection, idOf(userId, sessionId))
    if (found === undefined) return { outcome: 'invalid' }
    const now = app.ports.now()
    const session = found.value
    if (generation === session.generation - 1 && now - session.rotatedAt < graceMillis)
      return { outcome: 'rotated', session }
    if (generation !== session.generation) {
      await drop(app, userId, found)
      return { outcome: 'reused', session }
    }
    const next: Session = { ...session, generation: generation + 1, rotatedAt: now, usedAt: now }
    const expiresAt = now + app.options.refreshTokenDays * dayMillis
    if ((await app.records.put(collection, found.id, found.version, next, expiresAt)) !== undefined)
      return { outcome: 'rotated', session: next }
  }
  throw new KonfigError(failure('overloaded', { seconds: 1 }))
}
