// Journals by name, as an option lists them: `eu=postgres://…,us=mysql://…`. Owns how the list is read; what each names is read where the main one is.

const slug = '[a-z0-9][a-z0-9_-]{0,62}'
const between = new RegExp(`[\\s,]+(?=${slug}=[a-z]+:)`)
const entry = new RegExp(`^(${slug})=([a-z][a-z+]*:.+)$`)

/** Undefined where the list cannot be read: no name, no scheme, a name twice, or `main`, which is the one that the installation cannot be without. */
export const readNamed = (text: string | undefined): ReadonlyMap<string, string> | undefined => {
  const named = new Map<string, string>()
  for (const part of (text ?? '').trim().split(between)) {
    if (part === '') continue
    const [, name, place] = entry.exec(part.replace(/,$/, '')) ?? []
    if (name === undefined || place === undefined || name === 'main' || named.has(name)) return undefined
    named.set(name, place)
  }
  return named
}
