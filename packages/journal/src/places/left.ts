// What a store says once its installation has left it and what it held is erased: where it went. In the clear, since the keys are gone. Owns that note.
import { randomUUID } from 'node:crypto'
import type { PlaceId } from '@konfig/core'
import type { Records } from '../records.ts'
import { settle } from '../sealing/settle.ts'

const key = { collection: 'installation', id: 'moved' } as const

export interface Left {
  readonly to: PlaceId
  /** For people: a place without who may enter it. */
  readonly where: string
}

export const leftFor = async (records: Records): Promise<Left | undefined> => {
  const found = await records.get(key)
  return found === undefined ? undefined : (JSON.parse(Buffer.from(found.value).toString()) as Left)
}

/** From then on nobody opens an installation there. May be repeated. */
export const sayLeft = async (records: Records, { to, where }: Left): Promise<void> => {
  const [found, version] = [await records.get(key), randomUUID()]
  const value = Buffer.from(JSON.stringify({ to, where } satisfies Left))
  await settle(
    () => records.put({ ...key, expected: found?.version, version, value }),
    'the note of where the installation went',
  )
}
