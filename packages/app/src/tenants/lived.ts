// Where the keys of a tenant's log of configuration ever were, and which of those places this node reaches. Known from the directory, which is told
// before a key is brought anywhere, and from the log, whose commits say where it went.
import { type LogId, placesIn } from '@konfig/core'
import type { App } from '../app.ts'
import { type DirectoryEntry, livedIn, type Lived } from '../directory.ts'
import { isVacated } from '../places/vacated.ts'

export interface Reach {
  /** Places that answer this node and have, or may have, keys of the tenant. */
  readonly reached: readonly Lived[]
  /** Known places that do not answer this node, or were never named to it. */
  readonly left: readonly Lived[]
}

const pageSize = 500

const toldByLog = async (app: App, log: LogId): Promise<readonly Lived[]> => {
  const found: Lived[] = []
  const sealed = await app.logs.sealed(log)
  for (let after = 0; ; ) {
    const commits = await sealed.history(after, pageSize)
    const last = commits.at(-1)
    if (last === undefined) return found
    after = last.revision
    for (const commit of commits) for (const place of placesIn(commit, log)) found.push({ ...place, log })
  }
}

/** Reads the whole log. Rejects with `journal_corrupt`, `unavailable`. */
export const reachOf = async (app: App, { config, lived = [] }: DirectoryEntry): Promise<Reach> => {
  const here = app.places.here(config)
  const there = await app.places.look(config)
  const holding = [...there].flatMap(([id, { journal, keys }]) =>
    keys || id === here ? [{ id, journal, log: config }] : [],
  )
  return sortBy(app, there, livedIn([...lived, ...(await toldByLog(app, config)), ...holding]))
}

export interface Sorted extends Reach {
  /** Places that do not answer, and of which all was taken when it moved away from there. */
  readonly emptied: readonly Lived[]
}

/** What is reached goes by the name that it has here. */
const sortBy = async (
  app: App,
  there: Awaited<ReturnType<App['places']['look']>>,
  places: readonly Lived[],
): Promise<Sorted> => {
  const [reached, left, emptied] = [[], [], []] as [Lived[], Lived[], Lived[]]
  for (const place of places) {
    const journal = there.get(place.id)?.journal
    if (journal !== undefined) reached.push({ ...place, journal })
    else if (await isVacated(app.records, place.id, place.log)) emptied.push(place)
    else left.push(place)
  }
  return { reached, left, emptied }
}

/** Noted places as they are now: some may be back, and others were emptied since. */
export const sortPlaces = async (app: App, config: LogId, places: readonly Lived[]): Promise<Sorted> =>
  sortBy(app, await app.places.look(config), places)

/** For people: what each was called, and its id. */
export const placeNames = (places: readonly Lived[]): string =>
  [...new Map(places.map(({ id, journal }) => [id, `journal ${journal} (${id})`])).values()].join(', ')
