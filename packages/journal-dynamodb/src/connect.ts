// How the service is reached: region, endpoint, limits of time and of sockets. Credentials come from where the AWS SDK looks for them. Knows no table.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Millis } from '@konfig/core'
import type { Location } from './location.ts'

const connectMillis = 3000

/** Every request is sent once: what is sent again, and when, is ours to say, since only we know what an answer that was lost means. */
export const newClient = ({ region, endpoint, connections }: Location, answerMillis: Millis): DynamoDBClient =>
  new DynamoDBClient({
    region,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectMillis,
      requestTimeout: answerMillis,
      socketTimeout: answerMillis,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: connections },
      httpsAgent: { keepAlive: true, maxSockets: connections },
    },
    ...(endpoint === undefined ? {} : { endpoint }),
  })
