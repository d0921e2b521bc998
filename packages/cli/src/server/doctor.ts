// `konfig doctor`: looks at everything that can stand between a command and its answer, and says what to do about each.
import { statSync } from 'node:fs'
import { exitCodes } from '../exit.ts'
import { environmentFlag } from '../flags.ts'
import { send } from '../http/send.ts'
import { unreachable } from '../http/failed.ts'
import { counted } from '../output/counted.ts'
import { plain } from '../output/plain.ts'
import { isCommandError, type Problem, usage } from '../problem/problem.ts'
import { type Deps, isSet, textOf, verb } from '../verb.ts'
import { keptFlags, readHeads } from '../audit/kept.ts'
import { type JournalGiven, journalFlags, parseJournal } from '../offline/journal.ts'
import { type Me, whoText } from '../session/me.ts'
import { version } from '../version.ts'
import { certificateEnd } from './certificate.ts'
import type { Finding } from './finding.ts'

const ok = (check: string, detail: string): Finding => ({ check, state: 'ok', detail })
const warning = (check: string, detail: string, next: string): Finding => ({ check, state: 'warning', detail, next })
const failed = (check: string, { detail, next, outcome }: Problem): Finding => ({
  check,
  state: 'failed',
  detail,
  outcome,
  ...(next === undefined ? {} : { next }),
})
const skipped = (check: string, detail: string): Finding => ({ check, state: 'skipped', detail })

const guarded = async (check: string, look: () => Promise<Finding>): Promise<Finding> => {
  try {
    return await look()
  } catch (reason) {
    if (isCommandError(reason)) return failed(check, reason.problem)
    throw reason
  }
}

const othersMayRead = 0o077

const profileFile = ({ settings: { path, profileName, profile } }: Deps): Finding => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return ok('profiles', 'there is no file of profiles; settings come from flags and variables')
  if (process.platform !== 'win32' && (stats.mode & othersMayRead) !== 0)
    return warning('profiles', `others can read ${path}`, `Run: chmod 600 ${path}`)
  return ok(
    'profiles',
    `${path}, for you alone; ${profile === undefined ? 'none is used' : `profile ${profileName} is used`}`,
  )
}

interface Reached {
  readonly finding: Finding
  readonly clock: Finding
}

const mostSkew = 60

const clockOf = (date: string | undefined, now: number): Finding => {
  const seconds = date === undefined ? Number.NaN : Math.round((Date.parse(date) - now) / 1000)
  if (Number.isNaN(seconds)) return skipped('clock', 'the server does not say what time it is')
  return Math.abs(seconds) <= mostSkew
    ? ok('clock', 'this machine and the server agree')
    : warning(
        'clock',
        `the server's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`,
        'Set the clocks right (NTP): sessions and certificates depend on them.',
      )
}

const reach = async ({ settings, client, now }: Deps): Promise<Reached> => {
  const { ca, timeoutMillis } = await client.prepare({ path: '/', anonymous: true })
  const began = performance.now()
  try {
    const { status, headers } = await send({
      method: 'GET',
      url: `${settings.url}/health/ready`,
      headers: { accept: 'application/json' },
      timeoutMillis,
      ...(ca === undefined ? {} : { ca }),
    })
    const millis = Math.round(performance.now() - began)
    const clock = clockOf(headers['date'], now())
    if (status === 200 && headers['content-type']?.startsWith('application/json') === true)
      return { finding: ok('server', `${settings.url} is ready (${millis} ms)`), clock }
    return {
      clock,
      finding:
        status === 503
          ? failed('server', {
              code: 'unavailable',
              outcome: 'unavailable',
              detail: `${settings.url} runs and is not ready`,
              next: 'Look at the server log, and at its database.',
            })
          : failed('server', {
              code: 'not_konfig',
              outcome: 'unavailable',
              detail: `${settings.url} answers ${status}, not as Konfig does`,
              next: 'See that the address is that of Konfig itself.',
            }),
    }
  } catch (reason) {
    return {
      finding: failed('server', unreachable(settings, reason)),
      clock: skipped('clock', 'the server was not reached'),
    }
  }
}

const encryption = async ({ settings: { url, caFile }, now }: Deps): Promise<Finding> => {
  const { protocol, hostname, port } = new URL(url)
  if (protocol === 'http:')
    return /^(localhost|127\.|\[::1\])/.test(hostname)
      ? ok('encryption', 'none, on this machine')
      : warning(
          'encryption',
          'none: everybody on the way can read keys and values',
          'Serve it with TLS, and use https.',
        )
  const end = await certificateEnd(hostname, Number(port || 443), caFile)
  if (end === undefined) return skipped('encryption', 'the certificate could not be looked at')
  const days = Math.floor((end - now()) / 86_400_000)
  return days > 14
    ? ok('encryption', `TLS; the certificate holds for ${counted(days, 'day')}`)
    : warning('encryption', `the certificate ends in ${counted(days, 'day')}`, 'Renew it.')
}

const serverVersion = (deps: Deps): Promise<Finding> =>
  guarded('version', async () => {
    const { ca, timeoutMillis } = await deps.client.prepare({ path: '/', anonymous: true })
    const { text } = await send({
      method: 'GET',
      url: `${deps.settings.url}/openapi.json`,
      headers: { accept: 'application/json' },
      timeoutMillis,
      ...(ca === undefined ? {} : { ca }),
    })
    const there = /"version":"([^"]{1,40})"/.exec(text)?.[1] ?? 'unknown'
    return there === version
      ? ok('version', `${version}, as the server`)
      : warning('version', `this is ${version}, the server ${plain(there)}`, 'Use the same version of both.')
  })

const permission = (me: Me, { settings: { environment } }: Deps): Finding => {
  const reads = me.grants.some(
    ({ permissions, environments }) =>
      permissions.includes('value:read') &&
      (environments === null || environment === undefined || environments.includes(environment)),
  )
  return reads || me.platformPermissions.length > 0
    ? ok(
        'permissions',
        [...new Set(me.grants.flatMap(({ permissions }) => permissions))].join(', ') || 'of the platform',
      )
    : warning(
        'permissions',
        `values${environment === undefined ? '' : ` of ${environment}`} may not be read`,
        'Ask for a role or a key that may: see `konfig whoami`.',
      )
}

const who = async (deps: Deps): Promise<readonly Finding[]> => {
  const { settings, client } = deps
  if (settings.credential === undefined)
    return [warning('credentials', 'there are none', 'Log in with `konfig login`, or set KONFIG_API_KEY.')]
  let me: Me | undefined
  const credentials = await guarded('credentials', async () => {
    me = (await client.ask({ path: '/auth/me' })).body as Me
    return ok('credentials', whoText(me))
  })
  if (me === undefined) return [credentials]
  const { environment } = settings
  return [
    credentials,
    permission(me, deps),
    environment === undefined
      ? skipped('environment', 'none is settled')
      : await guarded('environment', async () => {
          await client.ask({ path: '/values', query: { environment } })
          return ok('environment', environment)
        }),
  ]
}

const leastNode = 24

const findings = async (deps: Deps): Promise<readonly Finding[]> => {
  const major = Number(process.versions.node.split('.', 1)[0])
  const node =
    major >= leastNode
      ? ok('node', process.version)
      : warning('node', `${process.version} is too old`, `Use Node ${leastNode} or newer.`)
  const { finding, clock } = await reach(deps)
  const local = [node, profileFile(deps), finding, clock]
  if (finding.state === 'failed') return local
  return [...local, await encryption(deps), await serverVersion(deps), ...(await who(deps))]
}

const marks = { ok: '✓', warning: '!', failed: '✗', skipped: '-' } as const

interface Options {
  /** To be opened by this command itself; without one it is the server that is looked at. */
  readonly journal: JournalGiven | undefined
  readonly mend: boolean
  readonly heads: readonly string[]
  readonly publicKey: string | undefined
}

export const doctor = verb<Options>({
  description:
    'Looks at the way to the server. With --data or --journal it opens the journal itself instead, verifies every log, and holds the indexes against the logs; stop the nodes before --mend.',
  flags: [
    environmentFlag,
    ...journalFlags,
    ...keptFlags,
    { name: 'mend', description: 'Make wrong indexes anew from the logs; needs --data or --journal' },
  ],
  examples: [
    'doctor',
    'doctor --data ./data',
    'doctor --data ./data --mend',
    'doctor --data ./data --expect-head heads.txt',
  ],
  parse: (given) => {
    const journal = parseJournal(given)
    const offline = journal.data !== undefined || journal.journal !== undefined
    const mend = isSet(given, 'mend')
    if (mend && !offline) usage('--mend goes with --data or --journal.', 'Name the journal that it is about.')
    const [kept, publicKey] = [textOf(given, 'expect-head'), textOf(given, 'public-key')]
    if ((kept !== undefined || publicKey !== undefined) && !offline)
      usage('--expect-head and --public-key go with --data or --journal.', 'Ask a server with `konfig audit verify`.')
    return { journal: offline ? journal : undefined, mend, heads: readHeads(kept), publicKey }
  },
  run: async ({ journal, ...examining }, deps) => {
    const items =
      journal === undefined
        ? await findings(deps)
        : await (await import('../offline/examine.ts')).journalFindings(journal, examining, deps)
    const { output } = deps
    await output.show({ items }, (paint) => {
      const paints = { ok: paint.green, warning: paint.yellow, failed: paint.red, skipped: paint.dim }
      return items
        .flatMap(({ check, state, detail, next }) => [
          `${paints[state](marks[state])} ${check.padEnd(12)} ${plain(detail)}`,
          ...(next === undefined ? [] : [`  ${' '.repeat(12)} ${paint.dim(next)}`]),
        ])
        .join('\n')
    })
    const [worst] = items.filter(({ state }) => state === 'failed')
    return worst?.outcome === undefined ? 0 : exitCodes[worst.outcome]
  },
})
