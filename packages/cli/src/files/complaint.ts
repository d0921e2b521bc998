// What is wrong with a file, where: for validate, and for whoever stops before sending it. Owns how it is told and which exit code it has.
import { type Code, codes, type Failure } from '@konfig/core'
import { exitCodes } from '../exit.ts'
import { plain } from '../output/plain.ts'
import { refuse } from '../problem/problem.ts'

export interface Complaint {
  readonly file: string
  readonly line?: number
  readonly pointer?: string
  readonly code: Code
  readonly detail: string
  /** It rests on something that is not among the files, so that only a server can tell. */
  readonly isOpen?: true
}

export const complaintText = ({ file, line, pointer, detail }: Complaint): string =>
  plain(
    `${file}${line === undefined ? '' : `:${line}`}${pointer === undefined || pointer === '' || detail.startsWith(pointer) ? '' : ` ${pointer}`}: ${detail}`,
  )

/** What a reader refused, each reason with the line that its sentence begins with. */
export const complaintsOf = (file: string, { code, detail, errors }: Failure): readonly Complaint[] => {
  const details = errors === undefined || errors.length === 0 ? [{ code, detail }] : errors
  return details.map((error) => {
    const line = /^line (\d+) /.exec(error.detail)?.[1]
    return {
      file,
      ...(line === undefined ? {} : { line: Number(line) }),
      code: error.code,
      detail: error.detail.replace(/^line \d+ /, ''),
    }
  })
}

/** Of the first that is certain. */
export const exitCodeOf = (complaints: readonly Complaint[]): number => {
  const first = complaints.find(({ isOpen }) => isOpen !== true)
  return first === undefined ? 0 : exitCodes[codes[first.code].category]
}

/** Stops a command whose files cannot be taken; nothing was sent. */
export const refuseFiles = (complaints: readonly Complaint[]): never => {
  const [first] = complaints
  return refuse({
    code: first?.code ?? 'import_invalid',
    outcome: first === undefined ? 'invalid' : codes[first.code].category,
    detail:
      complaints.length === 1
        ? `${complaints.map(complaintText).join()}`
        : `${complaints.length} things are wrong with the files.`,
    ...(complaints.length === 1
      ? {}
      : { errors: complaints.map((complaint) => ({ code: complaint.code, detail: complaintText(complaint) })) }),
    next: 'Nothing was sent. `konfig validate` checks files without a server.',
  })
}
