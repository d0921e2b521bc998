// A file's text, or standard input's for `-`. Refuses what is no UTF-8: values are text.
import { readFile } from 'node:fs/promises'
import { refuse, usage } from '../problem/problem.ts'
import type { Deps } from '../verb.ts'

const bytesOf = async (file: string, { terminal }: Pick<Deps, 'terminal'>): Promise<Uint8Array> => {
  if (file === '-') {
    if (terminal.inIsTerminal) terminal.note('Reading from the terminal; end with Ctrl-D.')
    return terminal.read()
  }
  try {
    return await readFile(file)
  } catch (reason) {
    const { code } = reason as NodeJS.ErrnoException
    const why =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EISDIR'
          ? 'is a folder'
          : code === 'EACCES'
            ? 'may not be read'
            : `cannot be read (${code ?? 'unknown'})`
    return refuse({ code: 'file_unreadable', outcome: 'usage', detail: `The file ${file} ${why}.` }, reason)
  }
}

export const readText = async (file: string, deps: Pick<Deps, 'terminal'>): Promise<string> => {
  const bytes = await bytesOf(file, deps)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return usage(
      `${file === '-' ? 'Standard input' : `The file ${file}`} is not text in UTF-8.`,
      'Values are text or JSON; encode binary content first, for example with base64.',
    )
  }
}
