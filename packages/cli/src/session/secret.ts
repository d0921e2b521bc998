// Asks for a secret: hidden on a terminal, else a line of standard input. Never from an argument, which everybody on the machine can see.
import { usage } from '../problem/problem.ts'
import type { Deps } from '../verb.ts'

export const askSecret = async (
  question: string,
  fromInput: boolean,
  { terminal }: Pick<Deps, 'terminal'>,
): Promise<string> => {
  const what = question.replace(/: $/, '').toLowerCase()
  if (!fromInput && !terminal.inIsTerminal)
    return usage(`There is no terminal to ask for the ${what}.`, 'Send it to standard input and add --password-stdin.')
  const typed = fromInput
    ? new TextDecoder().decode(await terminal.read()).replace(/\r?\n$/, '')
    : await terminal.askHidden(question)
  if (typed === undefined || typed === '') return usage(`No ${what} was given.`)
  return /[\r\n]/.test(typed) ? usage(`The ${what} has several lines.`, 'Send the secret alone.') : typed
}

/** A new password, asked for twice where somebody types it. */
export const askNewPassword = async (
  question: string,
  fromInput: boolean,
  deps: Pick<Deps, 'terminal'>,
): Promise<string> => {
  const password = await askSecret(question, fromInput, deps)
  if (!fromInput && (await deps.terminal.askHidden('The same again: ')) !== password)
    return usage('The two are not the same.')
  return password
}
