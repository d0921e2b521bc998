// What an adapter throws inside itself where an answer was lost, and what its callers make of it.
import { unavailable } from './unavailable.ts'

/** The store cannot tell whether it stored anything. */
export class Unknown extends Error {}

/** For everything that may be asked again: an unknown outcome is one more reason to ask again. */
export const askAgain = (error: unknown): never => {
  throw error instanceof Unknown ? unavailable(error) : error
}
