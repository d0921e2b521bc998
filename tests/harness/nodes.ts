// Nodes as processes on a journal of a server: started, stopped after each test, and spoken to as the administrator of one tenant.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { type Child, startServer } from './child.ts'
import { loginAs } from './client.ts'
import { field, type Session, session } from './session.ts'

export type Variables = { readonly [variable: `KONFIG_${string}`]: string }

export interface Nodes {
  readonly start: (name: string, more?: Variables) => Child
  /** Once it listens. Keeps what it printed of the first administrator. */
  readonly urlOf: (child: Child) => Promise<string>
  /** Answers its code. */
  readonly stop: (child: Child) => Promise<number | null>
  /** A tenant, made by whoever asks first. */
  readonly administrator: (url: string) => Promise<Session>
}

/** Call once in a file. `journal` is asked at each start. */
export const nodesOn = (journal: () => Variables): Nodes => {
  const folder = mkdtempSync(join(tmpdir(), 'konfig-nodes-'))
  const children: Child[] = []
  let login = { email: '', password: '' }
  const stop = async (child: Child): Promise<number | null> => {
    child.kill('SIGTERM')
    return child.ended
  }
  afterEach(async () => {
    await Promise.all(children.splice(0).map(stop))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  return {
    start: (name, more = {}) => {
      const child = startServer({
        ...journal(),
        KONFIG_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
        KONFIG_DATA: join(folder, name),
        KONFIG_HOST: '127.0.0.1',
        KONFIG_PORT: '0',
        KONFIG_API_KEY_COST: '4',
        KONFIG_DRAIN_SECONDS: '1',
        ...more,
      })
      children.push(child)
      return child
    },
    urlOf: async (child) => {
      const [, url = ''] = await child.waitFor(/"url":"([^"]+)".*"msg":"Listening"/)
      const [, email, password] = /shown this once: (\S+) {2}(\S+)/.exec(child.output()) ?? []
      if (email !== undefined && password !== undefined) login = { email, password }
      return url
    },
    stop,
    administrator: async (url) => {
      const world = { url }
      const platform = session(world, await loginAs(world, login.email, undefined, login.password))
      await platform('POST /platform/tenants', { body: { name: 'acme', plan: 'premium' } })
      const reply = await platform('POST /auth/token', { body: { tenant: 'acme' } })
      return session(world, field<string>(reply, 'accessToken'))
    },
  }
}

export const retries = '/namespaces/web/configs/retries'
export const put = (value: number) => ({ body: { type: 'number', value } })
export const read = 'GET /values/web/retries?environment=dev'
