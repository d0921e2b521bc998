// The metrics of several workers as one text, each sample labelled with its worker. Pure; knows the text format of Prometheus and no metric.

interface Family {
  readonly opening: string[]
  readonly samples: string[]
}

const nameOf = (line: string): string => /^# (?:HELP|TYPE) (\S+)/.exec(line)?.[1] ?? ''

const labelled = (line: string, worker: string): string => {
  const brace = line.indexOf('{')
  const space = line.indexOf(' ')
  // Braces in the value of a label come after the first one, and a name has none.
  return brace >= 0 && brace < space
    ? `${line.slice(0, brace + 1)}worker="${worker}",${line.slice(brace + 1)}`
    : `${line.slice(0, space)}{worker="${worker}"}${line.slice(space)}`
}

/** By worker. A family that several have is opened once, and its samples stand together, as the format asks. */
export const mergeMetrics = (texts: ReadonlyMap<string, string>): string => {
  const families = new Map<string, Family>()
  for (const [worker, text] of texts) {
    let family: Family | undefined
    let first = true
    for (const line of text.split('\n')) {
      if (line.startsWith('# HELP ') || line.startsWith('# TYPE ')) {
        const name = nameOf(line)
        const known = families.get(name)
        if (line.startsWith('# HELP ')) first = known === undefined
        family = known ?? { opening: [], samples: [] }
        if (known === undefined) families.set(name, family)
        if (first) family.opening.push(line)
      } else if (line !== '' && !line.startsWith('#')) family?.samples.push(labelled(line, worker))
    }
  }
  return `${[...families.values()].flatMap(({ opening, samples }) => [...opening, ...samples]).join('\n')}\n`
}
