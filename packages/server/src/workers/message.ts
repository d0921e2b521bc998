// What the parent and its workers say to each other. Types and reading only; a message that is none of these is passed over.

/** On the channel between nodes: the parent passes it to the other workers and does not read it. */
export interface Said {
  readonly type: 'said'
  readonly topic: string
  readonly text: string
}

export type FromWorker =
  | Said
  /** It serves. */
  | { readonly type: 'ready' }
  /** Somebody asked it for the metrics of all. */
  | { readonly type: 'gather'; readonly id: number }
  /** It turns, as it was asked. */
  | { readonly type: 'here' }
  /** Its own metrics, as it was asked. */
  | { readonly type: 'metrics'; readonly id: number; readonly text: string }

export type FromParent =
  | Said
  /** Whether it still turns. */
  | { readonly type: 'are you there' }
  | { readonly type: 'metrics'; readonly id: number }
  /** The metrics of all, as it asked. */
  | { readonly type: 'gathered'; readonly id: number; readonly text: string }

export const readMessage = <Message extends FromWorker | FromParent>(given: unknown): Message | undefined =>
  typeof given === 'object' && given !== null && 'type' in given ? (given as Message) : undefined

/** How the parent tells a worker which it is; no option of the server, and gone once it is read. */
export const placeVariable = 'WORKER_OF_KONFIG'
