// How the server is reached: how durable a write is, limits of time and of connections. Knows no document.
import type { Millis } from '@konfig/core'
import { MongoClient, type MongoClientOptions } from 'mongodb'
import type { Location } from './location.ts'

export interface Patience {
  /** How long a call waits for a server that takes writes, before it is refused. */
  readonly server: Millis
  /** How long the server may be silent; after that its answer counts as lost. */
  readonly answer: Millis
}

const connectMillis = 5000
/** After a connection broke, until the server is asked whether it is still there. */
const heartbeatMillis = 50

/** Acknowledged means: in the journals of a majority. Who waits longer than that for it does not know. */
export const durable = (patience: Patience) => ({ w: 'majority', j: true, wtimeoutMS: patience.answer }) as const

export const newClient = (location: Location, patience: Patience): MongoClient => {
  const options: MongoClientOptions = {
    writeConcern: durable(patience),
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // The driver would hide that an answer was lost: the very same batch again settles that.
    retryWrites: false,
    retryReads: true,
    maxPoolSize: location.connections,
    maxIdleTimeMS: 30_000,
    connectTimeoutMS: connectMillis,
    minHeartbeatFrequencyMS: heartbeatMillis,
    serverSelectionTimeoutMS: patience.server,
    socketTimeoutMS: patience.answer,
    waitQueueTimeoutMS: patience.answer,
    ignoreUndefined: true,
    promoteBuffers: true,
    ...(location.user === undefined ? {} : { auth: { username: location.user, password: location.password ?? '' } }),
  }
  return new MongoClient(location.url, options)
}
