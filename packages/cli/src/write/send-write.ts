// Sends one write: shows what a dry run would do, asks where it must, and where a precondition is needed reads the present state first.
// Promise: what is confirmed is what is changed; if somebody else was faster, nothing is stored.
import type { Answer, ApiRequest, Client, Query } from '../http/client.ts'
import { type CommandError, isCommandError, refuse } from '../problem/problem.ts'
import { type Deps, type Given, isSet, textOf } from '../verb.ts'
import { changeLines } from './change-lines.ts'

export interface WriteFlags {
  readonly dryRun: boolean
  readonly message: string | undefined
  readonly yes: boolean
}

export const writeFlagsOf = (given: Given): WriteFlags => ({
  dryRun: isSet(given, 'dry-run'),
  message: textOf(given, 'message'),
  yes: isSet(given, 'yes'),
})

export interface Write {
  readonly request: ApiRequest
  readonly flags: WriteFlags
  /** What is done, as a question has it: "delete namespace billing". */
  readonly act: string
  /** Asked about before it is done, and refused where nobody can be asked. */
  readonly destructive?: boolean
  /** Where the resource is read; by default where it is written. */
  readonly readAt?: { readonly path: string; readonly query?: Query }
}

/** A question on the terminal; where there is none, only --yes will do. */
export const confirm = async (question: string, act: string, yes: boolean, { terminal }: Deps): Promise<void> => {
  if (yes) return
  if (!terminal.inIsTerminal || !terminal.errorIsTerminal)
    refuse({
      code: 'not_confirmed',
      outcome: 'declined',
      detail: `To ${act} needs a yes, and there is nobody to ask.`,
      next: 'Add --yes if it is meant, or --dry-run to see what would change.',
    })
  const answer = (await terminal.ask(`${question} [y/N] `))?.trim().toLowerCase()
  if (answer !== 'y' && answer !== 'yes')
    refuse({ code: 'declined', outcome: 'declined', detail: 'Nothing was changed.' })
}

const withParts = (
  request: ApiRequest,
  query: Query,
  headers: { readonly [name: string]: string } = {},
): ApiRequest => ({
  ...request,
  query: { ...request.query, ...query },
  headers: { ...request.headers, ...headers },
})

interface Present {
  readonly body: unknown
  readonly headers: { readonly [name: string]: string }
}

/** What is there now, and the header that holds the write to exactly that. */
const presentOf = async ({ request, readAt }: Write, client: Client): Promise<Present> => {
  try {
    const { body, headers } = await client.ask({
      path: readAt?.path ?? request.path,
      query: readAt?.query ?? request.query ?? {},
    })
    const { etag } = headers
    return { body, headers: etag === undefined ? { 'if-none-match': '*' } : { 'if-match': etag } }
  } catch (reason) {
    if (isCommandError(reason) && reason.problem.outcome === 'not_found')
      return { body: undefined, headers: { 'if-none-match': '*' } }
    throw reason
  }
}

const headOf = async ({ path }: ApiRequest, client: Client): Promise<number> => {
  const side = path.startsWith('/platform/') ? '/platform' : ''
  const { body } = await client.ask({ path: `${side}/commits`, query: { limit: 1 } })
  return (body as { readonly items: readonly { readonly revision: number }[] }).items[0]?.revision ?? 0
}

/** The same write, held to the present state: by ETag, or by the log's revision. */
const held = async (
  write: Write,
  header: string,
  client: Client,
): Promise<{ readonly request: ApiRequest; readonly before: unknown }> => {
  const { request } = write
  if (header.startsWith('If-Match')) {
    const { body, headers } = await presentOf(write, client)
    return { request: withParts(request, {}, headers), before: body }
  }
  const ifRevision = await headOf(request, client)
  const inBody = /\/(restore|changes)$/.test(request.path)
  return {
    request: inBody
      ? { ...request, body: { ...(request.body as object), ifRevision } }
      : withParts(request, { ifRevision }),
    before: undefined,
  }
}

const askHeld = async (write: Write, why: CommandError, deps: Deps): Promise<Answer> => {
  const { flags, act } = write
  const { client, output, terminal, newId } = deps
  const header = why.problem.data?.['header']
  const { request, before } = await held(write, typeof header === 'string' ? header : 'If-Match', client)
  const { body: after } = await client.ask(withParts(request, { dryRun: true, message: flags.message }))
  const reason = why.problem.data?.['why']
  if (!flags.dryRun) {
    const lines = changeLines(before, after, output.notePaint)
    if (output.format === 'table')
      terminal.note([...(typeof reason === 'string' ? [`${reason}.`] : []), ...lines].join('\n'))
    await confirm(`${act.charAt(0).toUpperCase()}${act.slice(1)}?`, act, flags.yes, deps)
  }
  return client.ask(
    withParts(
      request,
      { message: flags.message, ...(flags.dryRun ? { dryRun: true } : {}) },
      { 'idempotency-key': newId() },
    ),
  )
}

export const sendWrite = async (write: Write, deps: Deps): Promise<Answer> => {
  const { request, flags, act, destructive = false } = write
  const { client, newId } = deps
  if (destructive && !flags.dryRun)
    await confirm(`${act.charAt(0).toUpperCase()}${act.slice(1)}?`, act, flags.yes, deps)
  try {
    return await client.ask(
      withParts(
        request,
        { message: flags.message, ...(flags.dryRun ? { dryRun: true } : {}) },
        { 'idempotency-key': newId() },
      ),
    )
  } catch (reason) {
    if (!isCommandError(reason) || reason.problem.outcome !== 'precondition_required') throw reason
    return askHeld({ ...write, flags: { ...flags, yes: flags.yes || destructive } }, reason, deps)
  }
}
