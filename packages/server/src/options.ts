// The options of the process, read from KONFIG_ variables once. Owns their names, defaults and limits; docs/configuration.md describes each.
// Every mistake is named with its variable; a value that may be secret is never repeated.
import type { BlockList } from 'node:net'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { unescape } from 'node:querystring'
import {
  type MasterSource,
  masterSource,
  masterVariables,
  previousSource,
  previousVariables,
  vaultVariables,
} from './keys/source.ts'
import { type LogLevel, logLevels } from './log/server-log.ts'
import { readNamed } from './storage/named.ts'
import { trustedProxies } from './request/address.ts'

export interface Options {
  /** On one machine for one user: SQLite in the data folder, loopback, a master key of its own, a sample. */
  readonly embedded: boolean
  readonly data: string
  readonly host: string
  readonly port: number
  /** Processes that share the port, all on the same journal; 1: this one alone. */
  readonly workers: number
  /** How long one of them may leave its parent without an answer; 0: for ever. */
  readonly workerSilenceSeconds: number
  /** `sqlite:<path>` or a URL: the adapter's name, and where. `migrate`: the same place as the role that owns the tables. Both may hold a password. */
  readonly journal: { readonly adapter: string; readonly location: string; readonly migrate: string | undefined }
  /** Where nodes meet beside the journal; may hold a password. */
  readonly redis: string | undefined
  /** Journals beside that one, by the names that tenants are given. */
  readonly journals: ReadonlyMap<string, Options['journal']>
  readonly master: MasterSource
  /** What things were sealed with before: a backup, or an installation that moves to another master key. */
  readonly previous: MasterSource | undefined
  /** How long what a key store has opened is kept for when it is away. */
  readonly keyCacheHours: number
  /** The age at which a log's key is rotated; 0 is never. */
  readonly rotateDays: number
  /** How long backups are kept at most, as certificates of erasure say. */
  readonly backupDays: number
  /** How long access logs are kept where no plan says so; 0: for ever. */
  readonly auditDays: number
  readonly registration: 'open' | 'closed'
  readonly sample: 'petclinic' | 'none'
  readonly apiKeyCost: number
  readonly accessTokenSeconds: number
  readonly refreshTokenDays: number
  readonly globalPerMinute: number | undefined
  readonly signInPerMinute: number
  readonly corsOrigins: readonly string[]
  readonly trusted: BlockList | undefined
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  readonly logLevel: LogLevel
  readonly accessLog: boolean
  readonly metricsToken: string | undefined
  readonly metricsPort: number | undefined
  readonly stateBytes: number
  readonly pastBytes: number
  readonly answerBytes: number
  /** Before a stop: how long it answers though it is not ready, so that others hear of it. */
  readonly leaveSeconds: number
  readonly drainSeconds: number
  readonly streamHeartbeatSeconds: number
}

export type ReadOptions =
  | { readonly ok: true; readonly options: Options; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] }

type Environment = { readonly [name: string]: string | undefined }

export const variables = [
  'KONFIG_DATA',
  'KONFIG_HOST',
  'KONFIG_PORT',
  'KONFIG_WORKERS',
  'KONFIG_WORKER_SILENCE_SECONDS',
  'KONFIG_JOURNAL',
  'KONFIG_JOURNAL_MIGRATE',
  'KONFIG_JOURNALS',
  'KONFIG_JOURNALS_MIGRATE',
  'KONFIG_REDIS',
  ...masterVariables,
  ...previousVariables,
  ...vaultVariables,
  'KONFIG_KEY_CACHE_HOURS',
  'KONFIG_ROTATE_DAYS',
  'KONFIG_BACKUP_DAYS',
  'KONFIG_AUDIT_DAYS',
  'KONFIG_REGISTRATION',
  'KONFIG_SAMPLE',
  'KONFIG_API_KEY_COST',
  'KONFIG_ACCESS_TOKEN_SECONDS',
  'KONFIG_REFRESH_TOKEN_DAYS',
  'KONFIG_GLOBAL_REQUESTS_PER_MINUTE',
  'KONFIG_SIGN_IN_REQUESTS_PER_MINUTE',
  'KONFIG_CORS_ORIGINS',
  'KONFIG_TRUSTED_PROXIES',
  'KONFIG_TLS_CERT',
  'KONFIG_TLS_KEY',
  'KONFIG_LOG_LEVEL',
  'KONFIG_ACCESS_LOG',
  'KONFIG_METRICS_TOKEN',
  'KONFIG_METRICS_PORT',
  'KONFIG_STATE_MEGABYTES',
  'KONFIG_PAST_MEGABYTES',
  'KONFIG_ANSWER_MEGABYTES',
  'KONFIG_LEAVE_SECONDS',
  'KONFIG_DRAIN_SECONDS',
  'KONFIG_STREAM_HEARTBEAT_SECONDS',
] as const

type Variable = (typeof variables)[number]

const mebibyte = 1024 * 1024

/** Databases that are told by a whole URL. */
const databases = [
  {
    adapter: 'postgres',
    scheme: /^postgres(ql)?:/,
    form: 'postgres://user:password@host:5432/database?sslmode=verify-full',
  },
  {
    adapter: 'mysql',
    scheme: /^(mysql|mariadb):/,
    form: 'mysql://user:password@host:3306/database?sslmode=verify-full',
  },
  {
    adapter: 'mongodb',
    scheme: /^mongodb(\+srv)?:/,
    form: 'mongodb://user:password@host:27017/database?replicaSet=rs0&tls=true',
  },
  { adapter: 'dynamodb', scheme: /^dynamodb:/, form: 'dynamodb://region/table' },
] as const
/** Those of MongoDB may name several hosts, which is more than a URL may. A % that begins no code is one that should have been %25. */
const isUrl = (text: string): boolean =>
  URL.canParse(text.replace(/,[^/?]*/, '')) && !/%(?![\da-f]{2})/i.test(text) && !unescape(text).includes('\uFFFD')
const origin = (text: string): boolean => text === '*' || (URL.canParse(text) && new URL(text).origin === text)
const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

const unknownIn = (environment: Environment): readonly string[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('KONFIG_') && !(variables as readonly string[]).includes(name))
    .map((name) => `${name} is not an option of this server and has no effect; docs/configuration.md lists all`)

export const readOptions = (environment: Environment): ReadOptions => {
  const problems: string[] = []
  const text = (name: Variable): string | undefined => {
    const value = environment[name]?.trim()
    return value === undefined || value === '' ? undefined : value
  }
  const whole = (name: Variable, otherwise: number, least: number, most: number, or = ''): number => {
    const given = text(name)
    if (given === undefined) return otherwise
    const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
    if (value >= least && value <= most) return value
    problems.push(`${name} must be a whole number from ${least} to ${most}${or}`)
    return otherwise
  }
  const oneOf = <Choice extends string>(name: Variable, choices: readonly Choice[], otherwise: Choice): Choice => {
    const given = text(name)
    const found = given === undefined ? otherwise : choices.find((choice) => choice === given)
    if (found === undefined) problems.push(`${name} must be one of ${choices.join(', ')}`)
    return found ?? otherwise
  }

  const secretText = (name: string): string | undefined => text(name as Variable)
  const wrong = (problem: string): void => void problems.push(problem)

  const data = resolve(text('KONFIG_DATA') ?? './data')
  const journal = text('KONFIG_JOURNAL')
  const embedded = journal === undefined && masterVariables.every((name) => text(name) === undefined)

  const migrate = text('KONFIG_JOURNAL_MIGRATE')
  const journalAt = (
    variable: string,
    journal: string | undefined,
    migrate: string | undefined,
  ): Options['journal'] => {
    const database = databases.find(({ scheme }) => journal !== undefined && scheme.test(journal))
    if (journal !== undefined && database !== undefined) {
      const { adapter, scheme, form } = database
      const owner = adapter === 'dynamodb' ? undefined : migrate
      if (owner !== migrate)
        problems.push(`${variable}_MIGRATE means nothing on DynamoDB: one role of AWS makes the table and uses it`)
      for (const [name, url] of [
        [variable, journal],
        [`${variable}_MIGRATE`, owner],
      ] as const)
        if (url !== undefined && !(scheme.test(url) && isUrl(url))) problems.push(`${name} must read ${form}`)
      return { adapter, location: journal, migrate: owner }
    }
    if (migrate !== undefined)
      problems.push(`${variable}_MIGRATE belongs to a ${variable} on PostgreSQL, MySQL, MariaDB or MongoDB`)
    const match = /^([a-z]+):(.+)$/.exec(journal ?? `sqlite:${join(data, 'konfig.db')}`)
    if (match === null)
      problems.push(
        `${variable} names a backend and a place: sqlite:/var/lib/konfig/konfig.db, postgres://user:password@host:5432/database, mysql://user:password@host:3306/database, mongodb://user:password@host:27017/database, or dynamodb://region/table`,
      )
    return { adapter: match?.[1] ?? 'sqlite', location: match?.[2] ?? '', migrate: undefined }
  }

  const journalsAt = (): Options['journals'] => {
    const [named, owners] = [readNamed(text('KONFIG_JOURNALS')), readNamed(text('KONFIG_JOURNALS_MIGRATE'))]
    if (named === undefined || owners === undefined)
      problems.push(
        'KONFIG_JOURNALS and KONFIG_JOURNALS_MIGRATE must list journals by name, such as eu=postgres://…,us=mysql://…; names are slugs, each once, and main is the one in KONFIG_JOURNAL',
      )
    for (const name of owners?.keys() ?? [])
      if (named?.has(name) === false)
        problems.push(`KONFIG_JOURNALS_MIGRATE names ${name}, which KONFIG_JOURNALS does not`)
    return new Map(
      [...(named ?? [])].map(([name, place]) => [name, journalAt('KONFIG_JOURNALS', place, owners?.get(name))]),
    )
  }

  const workers = (): number =>
    text('KONFIG_WORKERS') === 'auto' ? availableParallelism() : whole('KONFIG_WORKERS', 1, 1, 256, ', or auto')

  const redis = text('KONFIG_REDIS')
  if (redis !== undefined && !(/^rediss?:\/\/[^/?#]+(\/\d{0,4})?$/.test(redis) && isUrl(redis)))
    problems.push('KONFIG_REDIS must read redis://user:password@host:6379, or rediss:// for TLS')

  const proxies = (): BlockList | undefined => {
    const list = listOf(text('KONFIG_TRUSTED_PROXIES'))
    try {
      return list.length === 0 ? undefined : trustedProxies(list)
    } catch (reason) {
      problems.push(`KONFIG_TRUSTED_PROXIES: ${reason instanceof Error ? reason.message : 'not usable'}`)
      return undefined
    }
  }

  const origins = listOf(text('KONFIG_CORS_ORIGINS'))
  for (const each of origins)
    if (!origin(each))
      problems.push('KONFIG_CORS_ORIGINS must list origins such as https://console.example.com, or * alone')

  const cert = text('KONFIG_TLS_CERT')
  const certKey = text('KONFIG_TLS_KEY')
  if ((cert === undefined) !== (certKey === undefined))
    problems.push('KONFIG_TLS_CERT and KONFIG_TLS_KEY belong together: give both or none')

  const token = text('KONFIG_METRICS_TOKEN')
  if (token !== undefined && token.length < 16) problems.push('KONFIG_METRICS_TOKEN must have at least 16 characters')

  const host = text('KONFIG_HOST') ?? (embedded ? '127.0.0.1' : '0.0.0.0')
  const alone = embedded && ['127.0.0.1', '::1', 'localhost'].includes(host)

  const options: Options = {
    embedded,
    data,
    host,
    port: whole('KONFIG_PORT', 8080, 0, 65_535),
    workers: workers(),
    workerSilenceSeconds: whole('KONFIG_WORKER_SILENCE_SECONDS', 30, 0, 3600),
    journal: journalAt('KONFIG_JOURNAL', journal, migrate),
    journals: journalsAt(),
    redis,
    master: masterSource(secretText, { data, embedded }, wrong),
    previous: previousSource(secretText, wrong),
    keyCacheHours: whole('KONFIG_KEY_CACHE_HOURS', 24, 0, 168),
    rotateDays: whole('KONFIG_ROTATE_DAYS', 365, 0, 36_500),
    backupDays: whole('KONFIG_BACKUP_DAYS', 35, 0, 36_500),
    auditDays: whole('KONFIG_AUDIT_DAYS', 0, 0, 36_500),
    registration: oneOf('KONFIG_REGISTRATION', ['open', 'closed'], alone ? 'open' : 'closed'),
    sample: oneOf('KONFIG_SAMPLE', ['petclinic', 'none'], embedded ? 'petclinic' : 'none'),
    apiKeyCost: whole('KONFIG_API_KEY_COST', 6, 4, 12),
    accessTokenSeconds: whole('KONFIG_ACCESS_TOKEN_SECONDS', 900, 60, 86_400),
    refreshTokenDays: whole('KONFIG_REFRESH_TOKEN_DAYS', 30, 1, 365),
    globalPerMinute:
      text('KONFIG_GLOBAL_REQUESTS_PER_MINUTE') === undefined
        ? undefined
        : whole('KONFIG_GLOBAL_REQUESTS_PER_MINUTE', 0, 1, 1e12),
    signInPerMinute: whole('KONFIG_SIGN_IN_REQUESTS_PER_MINUTE', 300, 1, 1e9),
    corsOrigins: origins,
    trusted: proxies(),
    tls: cert === undefined || certKey === undefined ? undefined : { cert: resolve(cert), key: resolve(certKey) },
    logLevel: oneOf('KONFIG_LOG_LEVEL', logLevels, 'info'),
    accessLog: oneOf('KONFIG_ACCESS_LOG', ['all', 'off'], 'all') === 'all',
    metricsToken: token,
    metricsPort: text('KONFIG_METRICS_PORT') === undefined ? undefined : whole('KONFIG_METRICS_PORT', 0, 0, 65_535),
    stateBytes: whole('KONFIG_STATE_MEGABYTES', 2048, 16, 1e6) * mebibyte,
    pastBytes: whole('KONFIG_PAST_MEGABYTES', 128, 1, 1e6) * mebibyte,
    answerBytes: whole('KONFIG_ANSWER_MEGABYTES', 512, 1, 1e6) * mebibyte,
    leaveSeconds: whole('KONFIG_LEAVE_SECONDS', 0, 0, 3600),
    drainSeconds: whole('KONFIG_DRAIN_SECONDS', 10, 0, 3600),
    streamHeartbeatSeconds: whole('KONFIG_STREAM_HEARTBEAT_SECONDS', 15, 1, 300),
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, options, warnings: unknownIn(environment) }
}
