// Wakes followers. These servers send no notices, so while somebody watches, the time of the newest change is looked at often: a hint, which
// misses what commits late, and what polling finds anyway.
import { type Bell, lookOften, openFollowers } from '@konfig/journal'
import type { Database, Statement } from './database.ts'

const newest: Statement = {
  text: "SELECT DATE_FORMAT(MAX(changed), '%Y-%m-%d %H:%i:%s.%f') AS changed FROM konfig_batches",
}

export const openBell = (database: Database): Bell => {
  const { wake, watch, close } = openFollowers(
    lookOften(async () => (await database.run<{ changed: string | null }>(newest)).rows[0]?.changed),
  )
  return { ring: () => wake(), watch, close }
}
