// What the command line says where no Konfig server answers as it should: one line, a next step, the exit code of its sort.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createSocketServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type CommandLine, openCommandLine, type Ran } from '../harness/command.ts'
import { openWorld } from '../harness/world.ts'
import { freePort } from '../servers/port.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const lineTo = (url: string): CommandLine => {
  const line = openCommandLine(url)
  closing.push(line.close)
  return line
}

const listening = (server: ReturnType<typeof createSocketServer>): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
    closing.push(() => {
      server.close()
    })
  })

const answering = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener)
  closing.push(() => server.closeAllConnections())
  return `http://127.0.0.1:${await listening(server)}`
}

/** Whoever is told something odd may break the connection. */
const speaking = async (talk: (socket: Socket) => void): Promise<string> => {
  const server = createSocketServer((socket) => talk(socket.on('error', () => undefined)))
  return `http://127.0.0.1:${await listening(server)}`
}

const asked = (url: string, ...more: readonly string[]): Promise<Ran> =>
  lineTo(url).run(['get', 'billing/retries', '-e', 'dev', ...more], { env: { KONFIG_API_KEY: 'kfg_some_key' } })

describe('a server that is no Konfig', () => {
  it('that is away', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    expect(await asked(url)).toEqual({
      code: 11,
      output: '',
      errors: `error: ${new URL(url).host} refused the connection.\nnext:  Check the address (it comes from KONFIG_URL), and that the server runs.\n`,
    })
  })

  it('that has no known name', async () => {
    const { code, errors } = await asked('https://no-such-host.invalid')
    expect([code, errors.split('\n', 1)[0]]).toEqual([
      11,
      expect.stringMatching(/^error: no-such-host\.invalid (is not a known name|could not be looked up)\.$/),
    ])
  })

  it('that never answers', async () => {
    const { code, errors } = await asked(await speaking(() => undefined), '--timeout', '0.3')
    expect([code, errors]).toEqual([11, expect.stringContaining('did not answer in time')])
  })

  it('that does not speak HTTP', async () => {
    const { code, errors } = await asked(await speaking((socket) => socket.end('220 mail.example ESMTP\r\n')))
    expect([code, errors]).toEqual([11, expect.stringContaining('does not speak HTTP')])
  })

  it('that closes in the middle of its answer', async () => {
    const url = await speaking((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"val'),
    )
    const { code, errors } = await asked(url)
    expect([code, errors]).toEqual([
      11,
      expect.stringContaining('closed the connection before the whole answer was here'),
    ])
  })

  it('that speaks plain HTTP where TLS was asked for', async () => {
    const url = await answering((_, response) => response.end('plain'))
    const { code, errors } = await asked(url.replace('http:', 'https:'))
    expect([code, errors]).toEqual([11, expect.stringContaining('write http:// in its address')])
  })

  it('whose certificate nobody vouches for, until it is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konfig-cli-tls-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '90']
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })
    const server = createSecureServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"namespace":"billing","key":"retries","environment":"dev","type":"number","value":4}'),
    )
    closing.push(() => server.closeAllConnections())
    const url = `https://127.0.0.1:${await listening(server)}`
    const { code, errors } = await asked(url)
    expect([code, errors]).toEqual([11, expect.stringContaining('is signed by itself and not trusted')])
    const env = { KONFIG_API_KEY: 'kfg_some_key', KONFIG_CA_FILE: cert }
    expect(await lineTo(url).run(['get', 'billing/retries', '-e', 'dev'], { env })).toEqual({
      code: 0,
      output: '4\n',
      errors: '',
    })
    const doctor = await lineTo(url).run(['doctor'], { env: { KONFIG_CA_FILE: cert } })
    expect(doctor.output).toMatch(/encryption +TLS; the certificate holds for (89|90) days/)
  })

  it.each([200, 403, 404, 502])('that answers HTML with %i, as proxies do', async (status) => {
    const url = await answering((_, response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
    )
    const { code, output, errors } = await asked(url)
    expect([code, output]).toEqual([11, ''])
    expect(errors).toContain(`answered ${status} with text/html, which is not an answer of Konfig`)
    expect(errors).not.toContain('<h1>')
  })

  it('that sends elsewhere, which is not followed with credentials', async () => {
    let asking = 0
    const elsewhere = await answering((_, response) => {
      asking += 1
      response.end('{}')
    })
    const url = await answering((_, response) => response.writeHead(302, { location: elsewhere }).end())
    const { code, errors } = await asked(url)
    expect([code, asking, errors]).toEqual([11, 0, expect.stringContaining('use the address it moved to')])
  })

  it('that says JSON and sends something else', async () => {
    const url = await answering((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"valu'),
    )
    expect((await asked(url)).code).toBe(11)
  })

  it('as one JSON object on standard error with --json, and nothing on standard output', async () => {
    const url = await answering((_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('x'))
    const { output, errors } = await asked(url, '--json')
    expect(output).toBe('')
    expect(JSON.parse(errors)).toMatchObject({ code: 'not_konfig', category: 'unavailable', status: 502 })
  })

  it('whose doctor says what is wrong', async () => {
    const url = await answering((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x'))
    const { code, output } = await lineTo(url).run(['doctor'])
    expect([code, output]).toEqual([11, expect.stringContaining('✗ server')])
  })
})

describe('credentials', () => {
  it('that were revoked are named by where they came from, and not repeated', async () => {
    const world = await openWorld()
    closing.push(world.close)
    const line = lineTo(world.url)
    const owner = { input: 'correct horse battery staple' }
    await line.run(['login', '--email', 'owner@acme.example', '--tenant', 'acme', '--password-stdin'], owner)
    expect((await line.run(['api-key', 'delete', 'reader-key', '--yes'])).code).toBe(0)
    const { code, errors } = await line.run(['get', 'billing/retries', '-e', 'dev'], {
      env: { KONFIG_API_KEY: world.keys.reader },
    })
    expect([code, errors]).toEqual([4, expect.stringContaining('next:  It may have been revoked')])
    expect(errors).toContain('The server does not take the credential of KONFIG_API_KEY.')
    expect(errors).not.toContain(world.keys.reader)
  })

  it('of a session are renewed when they are too old, by one of many that notice it at once', async () => {
    let shift = 0
    const now = (): number => Date.now() + shift
    const world = await openWorld({ now })
    closing.push(world.close)
    const line = lineTo(world.url)
    const login = await line.run(['login', '--email', 'owner@acme.example', '--tenant', 'acme', '--password-stdin'], {
      input: 'correct horse battery staple',
      now,
    })
    expect(login.code).toBe(0)
    for (const each of [1, 2]) {
      shift = each * 1_000_000
      const ran = await Promise.all(Array.from({ length: 6 }, () => line.run(['whoami', '--json'], { now })))
      expect(ran.map(({ code, errors }) => ({ code, errors }))).toEqual(ran.map(() => ({ code: 0, errors: '' })))
    }
    // A clock that is behind does not notice; the server's refusal does.
    shift = 3_000_000
    expect((await line.run(['whoami'], { now: () => Date.now() })).code).toBe(0)
  })

  it('of a session that is over ask to log in again', async () => {
    let shift = 0
    const now = (): number => Date.now() + shift
    const world = await openWorld({ now })
    closing.push(world.close)
    const line = lineTo(world.url)
    await line.run(['login', '--email', 'owner@acme.example', '--password-stdin'], {
      input: 'correct horse battery staple',
      now,
    })
    shift = 40 * 86_400_000
    const { code, errors } = await line.run(['whoami'], { now })
    expect([code, errors]).toEqual([4, expect.stringContaining('konfig login')])
  })
})

describe('a server that means harm', () => {
  const saying = (body: unknown): Promise<string> =>
    answering((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    })
  const env = { KONFIG_API_KEY: 'kfg_some_key' }

  it('has no file of an export written outside the folder', async () => {
    for (const metadata of [
      { name: 'a', namespace: '../../escape' },
      { name: 'a', namespace: 'x\\..\\..\\escape' },
    ]) {
      const line = lineTo(await saying([{ kind: 'config', metadata, spec: {} }]))
      for (const more of [[], ['--format', 'env']]) {
        const { code, errors } = await line.run(['export', '-o', join(line.home, 'deep/er'), ...more], { env })
        expect([code, errors]).toEqual([11, expect.stringContaining('nothing was written')])
      }
      expect(existsSync(join(line.home, 'deep'))).toBe(false)
    }
  })

  it('puts nothing into a line of the shell that a name would not hold', async () => {
    const names = ['billing', '$(touch x)', 'a;b', 'a b', '\u001b[2J', '`x`']
    const url = await saying({ items: names.map((name) => ({ name })), next: null })
    const { output } = await lineTo(url).run(['complete', '--', 'get', ''], { env })
    expect(output).toBe('billing/\n')
  })

  it('names what differs without steering the terminal', async () => {
    const difference = { namespace: 'a\u001b[2J', key: 'b\u009b2J', op: 'create', before: null, after: 1 }
    const url = await saying({ items: [difference], next: null })
    const { output } = await lineTo(url).run(['diff', 'dev', 'production'], { env })
    expect(output.split('\n', 1)).toEqual(['a\\e[2J/b\\u009b2J'])
  })
})
