// "Did you mean …": the known name that is nearest to what was typed. Pure.

/** Edits between two words, a swap of neighbours counting as one. */
export const distance = (from: string, to: string): number => {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
      next.push(swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least)
    }
    before = row
    row = next
  }
  return row[to.length] ?? 0
}

/** Names are compared up to this length: a typing mistake in a longer one is not worth the time. */
const longest = 64

/** The nearest name, if it is near enough to have been meant. */
export const nearest = (typed: string, known: Iterable<string>): string | undefined => {
  const word = typed.toLowerCase().slice(0, longest)
  let best: string | undefined
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1
  for (const name of known) {
    const far =
      name.toLowerCase().startsWith(word) && word.length > 1 ? 1 : distance(word, name.toLowerCase().slice(0, longest))
    if (far < least) {
      least = far
      best = name
    }
  }
  return best
}

export const didYouMean = (typed: string, known: Iterable<string>): string | undefined => {
  const name = nearest(typed, known)
  return name === undefined ? undefined : `Did you mean ${name}?`
}
