// Last known values in the browser's storage. Owns the adapter only; the storage may be full or forbidden, and then rejects.
import type { Store } from './store.ts'

/** What is used of `localStorage` and `sessionStorage`. */
export interface WebStorage {
  readonly getItem: (name: string) => string | null
  readonly setItem: (name: string, value: string) => void
}

/** Reading the property may throw where a page has no right to storage. */
const ownStorage = (): WebStorage => {
  const storage = (globalThis as { readonly localStorage?: WebStorage }).localStorage
  if (storage === undefined) throw new TypeError('There is no storage here.')
  return storage
}

export const webStore = (name: string, storage: () => WebStorage = ownStorage): Store => ({
  load: async () => storage().getItem(name) ?? undefined,
  save: async (text) => {
    storage().setItem(name, text)
  },
})
