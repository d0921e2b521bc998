// When a server's certificate ends. Looks only: whether it is to be trusted, each request decides for itself.
import { readFileSync } from 'node:fs'
import { connect } from 'node:tls'

const patience = 5000

export const certificateEnd = (host: string, port: number, caFile: string | undefined): Promise<number | undefined> =>
  new Promise((resolve) => {
    const name = host.replace(/^\[|\]$/g, '')
    const socket = connect({
      host: name,
      port,
      timeout: patience,
      ...(/^[\d.:]+$/.test(name) ? {} : { servername: name }),
      ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    })
    const end = (millis: number | undefined): void => {
      socket.destroy()
      resolve(millis)
    }
    socket.on('secureConnect', () => end(Date.parse(socket.getPeerCertificate().valid_to)))
    socket.on('timeout', () => end(undefined))
    socket.on('error', () => end(undefined))
  })
