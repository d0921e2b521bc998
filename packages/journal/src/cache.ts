// A place outside where bytes may be left for others, and may be lost or altered at any time. Whoever takes some must be able to tell whether they are right.

export interface Cache {
  /** undefined where there are none, or where it cannot be said soon. */
  readonly get: (key: string) => Promise<Uint8Array | undefined>
  /** Nothing waits for it and nothing fails by it. */
  readonly put: (key: string, bytes: Uint8Array, seconds: number) => void
}
