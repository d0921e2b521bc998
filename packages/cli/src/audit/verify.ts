// `konfig audit verify`: has the server walk both logs, holds what it answers against what was kept, and keeps where they stand now.
import { exitCodes } from '../exit.ts'
import { plain } from '../output/plain.ts'
import { type Verb, textOf, verb } from '../verb.ts'
import { holdAgainst, keepHeads, keptFlags, readHeads } from './kept.ts'

interface Verified {
  readonly ok: boolean
  readonly logs: readonly {
    readonly log: string
    readonly ok: boolean
    readonly revision: number
    readonly batches: number | null
    readonly reason: string | null
    readonly trimmed: { readonly revision: number; readonly until: string } | null
    readonly head: string | null
  }[]
  readonly publicKey: { readonly id: string; readonly pem: string }
}

interface Options {
  readonly heads: readonly string[]
  readonly publicKey: string | undefined
  readonly keep: string | undefined
}

const lineOf = ({ ok, revision, reason, trimmed }: Verified['logs'][number]): string => {
  if (!ok) return `bad from revision ${revision} on: ${plain(reason ?? '')}`
  return trimmed === null
    ? `whole, up to revision ${revision}`
    : `from revision ${trimmed.revision + 1} up to ${revision}; all up to ${trimmed.until} was trimmed, which is signed for`
}

/** `path`: of the tenant's side or the platform's. */
const verifying = (path: string, words: string): Verb<unknown> =>
  verb<Options>({
    description:
      'The server reads both logs from where they begin and names the first row that is not as it was written: altered, moved, missing, cut off, or trimmed without a signature of the installation. Keep the heads on another machine: with them it also finds that the end of a log, or all of it, was cut away.',
    flags: [
      ...keptFlags,
      { name: 'keep', value: 'FILE', description: 'Add to this file where the logs stand now, signed, a line each' },
    ],
    examples: [words, `${words} --keep heads.txt`, `${words} --expect-head heads.txt --public-key konfig.pem`],
    parse: (given) => ({
      heads: readHeads(textOf(given, 'expect-head')),
      publicKey: textOf(given, 'public-key'),
      keep: textOf(given, 'keep'),
    }),
    run: async ({ heads, publicKey, keep }, { client, output }) => {
      const query = heads.length === 0 ? {} : { heads: heads.join(',') }
      const found = (await client.ask({ method: 'POST', path, query })).body as Verified
      const now = found.logs.flatMap(({ head }) => (head === null ? [] : [head]))
      if (publicKey !== undefined) await holdAgainst(publicKey, { pem: found.publicKey.pem, lines: [...now, ...heads] })
      await output.show(found, (paint) =>
        [
          ...found.logs.map(
            (each) => `${each.ok ? paint.green('✓') : paint.red('✗')} ${each.log.padEnd(8)} ${lineOf(each)}`,
          ),
          ...(keep === undefined ? [] : [`  ${paint.dim(`where they stand was added to ${keep}`)}`]),
        ].join('\n'),
      )
      // What does not verify is nothing to hold a later log to.
      if (!found.ok) return exitCodes.bug
      if (keep !== undefined) keepHeads(keep, now)
      return 0
    },
  })

export const verifyAudit = verifying('/audit/verify', 'audit verify')
export const verifyPlatformAudit = verifying('/platform/audit/verify', 'platform audit verify')
