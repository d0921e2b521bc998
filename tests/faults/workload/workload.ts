// Several clients at once, each with its own chance, on whichever nodes listen. Owns the mix; what they saw goes into the record.
import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../random.ts'
import { look } from './collect.ts'
import type { Life, Node } from './node.ts'
import { read } from './read.ts'
import type { Record } from './record.ts'
import { asker } from './request.ts'
import { write } from './write.ts'

export interface Load {
  readonly nodes: readonly Node[]
  readonly key: string
  readonly record: Record
  readonly random: Random
  readonly clients: number
  readonly before: number
  readonly platform: number
}

export const keys = ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7'] as const
const lookMillis = 1500

export interface Running {
  /** Ends when each client has settled what it had begun. */
  readonly stop: () => Promise<void>
}

export const livesOf = (nodes: readonly Node[]): readonly Life[] =>
  nodes.map((node) => node.life()).filter((life) => life !== undefined)

export const startLoad = ({ nodes, key, record, random, clients, before, platform }: Load): Running => {
  let stopped = false
  const ask = asker(key)
  const anybodyBy = (chance: Random) => (): Life | undefined => {
    const lives = livesOf(nodes)
    return lives.length === 0 ? undefined : chance.pick(lives)
  }

  const client = async (name: string): Promise<void> => {
    const chance = random.fork(name)
    const anybody = anybodyBy(chance)
    const writing = { ask, record, random: chance, anybody, stopped: () => stopped }
    const reading = { ask, record, random: chance, before, platform }
    for (let count = 0; !stopped; count += 1) {
      if (chance.chance(0.5)) {
        const label = `${name}-${count}`
        const first = chance.pick(keys)
        const version = record.versions.get(first)
        const expects = version !== undefined && chance.chance(0.3)
        const second = chance.pick(keys)
        await write(writing, {
          label,
          keys: second === first || chance.chance(0.5) ? [first] : [first, second],
          ...(expects ? { ifVersion: version } : {}),
        })
      } else {
        const life = anybody()
        if (life !== undefined) await read(reading, life)
      }
      await wait(chance.between(2, 20))
    }
  }

  const observer = async (): Promise<void> => {
    const anybody = anybodyBy(random.fork('observer'))
    while (!stopped) {
      await wait(lookMillis)
      const life = anybody()
      if (life === undefined) continue
      // What cannot be had at the moment is had the next time.
      const found = await look({ url: life.url, key }, before).catch(() => [])
      for (const each of found) record.look(each)
    }
  }

  const all = Promise.all([observer(), ...Array.from({ length: clients }, (_, index) => client(`c${index}`))])
  all.catch(() => undefined)
  return {
    stop: async () => {
      stopped = true
      await all
    },
  }
}
