// A real OpenBao on loopback, which speaks the API of Vault: for tests of master keys that live in one.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './port.ts'
import { dataFolder, freezeProcess, type Program, startProgram, untilReady } from './program.ts'
import { openbaoProgram } from './tools.ts'

type Data = { readonly [field: string]: unknown }

export interface OpenBao {
  readonly url: string
  /** A request with the root token. */
  readonly call: (method: string, path: string, body?: object) => Promise<Data>
  readonly stop: () => Promise<void>
  /** The same data on the same port again, unsealed. */
  readonly start: () => Promise<void>
  /** It takes connections and answers nothing; answers how to let it go on. */
  readonly freeze: () => () => void
  readonly remove: () => Promise<void>
}

/** Ready to be used, with the transit engine and logins of applications. */
export const startOpenBao = async (): Promise<OpenBao> => {
  const folder = dataFolder('openbao', undefined)
  const port = await freePort()
  const cluster = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = join(folder.path, 'config.hcl')
  writeFileSync(
    config,
    `storage "raft" { path = "${folder.path}", node_id = "one" }
listener "tcp" { address = "127.0.0.1:${port}", cluster_address = "127.0.0.1:${cluster}", tls_disable = true }
api_addr = "${url}"
cluster_addr = "http://127.0.0.1:${cluster}"
`,
  )
  let root = ''
  let unseal = ''
  let program: Program | undefined

  const call = async (method: string, path: string, body?: object): Promise<Data> => {
    const response = await fetch(`${url}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': root },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Data)
  }
  const start = async (): Promise<void> => {
    const started = startProgram(openbaoProgram(), ['server', `-config=${config}`], undefined)
    program = started
    await untilReady(started, async () => (await fetch(`${url}/v1/sys/init`)).ok)
    if (unseal === '') {
      const made = await call('PUT', 'sys/init', { secret_shares: 1, secret_threshold: 1 })
      root = String(made['root_token'])
      unseal = String((made['keys_base64'] as readonly string[])[0])
    }
    await call('PUT', 'sys/unseal', { key: unseal })
    await untilReady(started, async () => (await fetch(`${url}/v1/sys/health`)).status === 200)
  }
  const stop = async (): Promise<void> => {
    await program?.end('SIGKILL')
    program = undefined
  }
  await start()
  await call('POST', 'sys/mounts/transit', { type: 'transit' })
  await call('POST', 'sys/auth/approle', { type: 'approle' })
  return {
    url,
    call,
    start,
    stop,
    freeze: () => freezeProcess(program?.pid ?? 0),
    remove: async () => {
      await stop()
      folder.remove()
    },
  }
}
