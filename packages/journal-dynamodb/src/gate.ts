// Lets so many in at once; the others wait in the order in which they came. Knows nothing of what they do.

export type Gate = <T>(work: () => Promise<T>) => Promise<T>

export const openGate = (most: number): Gate => {
  const waiting: (() => void)[] = []
  let inside = 0
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) inside -= 1
    else next()
  }
  return async (work) => {
    if (inside < most) inside += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      leave()
    }
  }
}

/** Does the same with each, so many at once. The first failure ends it. */
export const eachOf = async <T>(
  items: Iterable<T> | AsyncIterable<T>,
  most: number,
  work: (item: T, at: number) => Promise<unknown>,
): Promise<number> => {
  const running = new Set<Promise<unknown>>()
  let failed: { readonly reason: unknown } | undefined
  let count = 0
  try {
    for await (const item of items) {
      const promise: Promise<unknown> = work(item, count)
        .catch((reason: unknown) => {
          failed ??= { reason }
        })
        .finally(() => running.delete(promise))
      running.add(promise)
      count += 1
      if (running.size >= most) await Promise.race(running)
      if (failed !== undefined) break
    }
  } finally {
    // Nothing of it may still run once the caller goes on.
    await Promise.all(running)
  }
  if (failed !== undefined) throw failed.reason
  return count
}
