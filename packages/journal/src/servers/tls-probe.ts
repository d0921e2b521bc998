// Asks a server that gave no answer whether it would have given one the other way, encrypted or in the clear. Owns the asking; knows no protocol.
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface Place {
  readonly host: string
  readonly port: number
}

/** A server that takes no connection, or stays silent for so long, is told nothing about. */
const patienceMillis = 1500

interface Asking {
  readonly destroy: () => void
  readonly setTimeout: (millis: number, then: () => void) => unknown
  readonly on: (event: 'error' | 'close', then: () => void) => unknown
}

const answered = (open: (yes: () => void) => Asking): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (answer: boolean) => (): void => {
      socket.destroy()
      resolve(answer)
    }
    const socket = open(() => end(true)())
    socket.setTimeout(patienceMillis, end(false))
    socket.on('error', end(false))
    socket.on('close', end(false))
  })

/** Whether it shakes hands; whoever vouches for it. Nothing is sent on that connection. */
export const speaksTls = ({ host, port }: Place): Promise<boolean> =>
  answered((yes) => connectTls({ host, port, rejectUnauthorized: false }, yes))

/** Whether what it answers to `question` in the clear looks like its protocol. */
export const speaksPlain = (
  { host, port }: Place,
  question: Uint8Array,
  isAnswer: (bytes: Uint8Array) => boolean,
): Promise<boolean> =>
  answered((yes) => {
    const socket = connect({ host, port }, () => socket.write(question))
    socket.on('data', (bytes: Buffer) => (isAnswer(bytes) ? yes() : socket.destroy()))
    return socket
  })

/** What there is to do, in one wording for all. `ask`: what in the URL asks for encryption, `named`: the variable that holds it. */
export const tlsWords = {
  missing: (ask: string, named: string): string =>
    `it does not speak TLS: take ${ask} out of ${named}, or have the server speak it`,
  wanted: (ask: string, named: string): string => `it speaks TLS only: write ${ask} in ${named}`,
} as const
