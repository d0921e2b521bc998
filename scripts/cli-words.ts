// What a flag of a generated verb says of itself where the command line means something else by it than the API: the rest its schema says.
// Owns these words; knows no operation.

const flags: Readonly<Record<string, string>> = {
  closed: 'Only those that are closed, or with --no- those that are not',
  confirm: 'The name once more; filled in where it is left out',
  fixed: 'Only those that nobody changes, or with --no- the others',
  protected: 'Only those that are protected, or with --no- those that are not',
  wins: 'Only those whose value is read, or with --no- those in their shadow',
}

/** A flag is told of without a full stop, as all flags are. */
export const wordsFor = (part: 'path' | 'query' | 'body', name: string, description: unknown): string | undefined =>
  (part === 'query' ? flags[name] : undefined) ??
  (typeof description === 'string' ? description.replace(/\.$/, '') : undefined)
