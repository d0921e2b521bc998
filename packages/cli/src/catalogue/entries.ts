// The generated verbs as entries of the table of verbs. The catalogue is read only where no hand-made verb was called.
import type { Entry } from '../verbs.ts'
import type { Catalogue } from './shape.ts'

export const readCatalogue = async (): Promise<Catalogue> => {
  const read = await import('./catalogue.generated.json', { with: { type: 'json' } })
  return read.default as unknown as Catalogue
}

export const generatedEntries = async (): Promise<readonly Entry[]> =>
  (await readCatalogue()).entries.map((entry) => ({
    words: entry.words,
    ...(entry.aliases === undefined ? {} : { aliases: entry.aliases }),
    summary: entry.summary,
    group: 'Resources',
    load: async () => (await import('./generated-verb.ts')).generatedVerb(entry),
  }))
