// Where last known values are kept between two runs. Owns the port; a file and the browser's storage stand behind it, or what a program brings.

/** Both may reject: the client says so and goes on. */
export interface Store {
  /** What was saved last, or undefined. */
  readonly load: () => Promise<string | undefined>
  /** Replaces what was there, all or nothing: a reader never finds half of it. */
  readonly save: (text: string) => Promise<void>
}
