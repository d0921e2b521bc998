// The port to the outside: what is printed, read and asked. The process has one, tests have their own. Knows no command.

export interface Terminal {
  /** To standard output, as it is. */
  readonly write: (text: string | Uint8Array) => void
  /** To standard error, one line or several, a line end is added. */
  readonly note: (text: string) => void
  /** Replaced by the next one or by `note`; shown only where standard error is a terminal. */
  readonly progress: (text: string) => void
  readonly outIsTerminal: boolean
  readonly errorIsTerminal: boolean
  readonly inIsTerminal: boolean
  /** Width of standard output; undefined where it is no terminal. */
  readonly columns: () => number | undefined
  /** All of standard input. */
  readonly read: () => Promise<Uint8Array>
  /** A line from the terminal; undefined where it was closed. */
  readonly ask: (question: string) => Promise<string | undefined>
  /** The same without showing what is typed. */
  readonly askHidden: (question: string) => Promise<string | undefined>
}
