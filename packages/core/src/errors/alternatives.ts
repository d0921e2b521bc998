// What was found wrong with one place, told once: where constants are the alternatives, which ones. Knows nothing of what was sent.

export interface Finding {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const at = (schema: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => (isRecord(found) ? found[name] : undefined), schema)

/** From the schema: of a long list of alternatives the search for mistakes tells the first few only. */
const constantsAt = (schema: unknown, schemaPath: string): readonly string[] => {
  const path = schemaPath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  const among = path.at(-2) === 'anyOf' ? at(schema, path.slice(0, -1)) : undefined
  const alternatives: readonly unknown[] = Array.isArray(among) ? among : [at(schema, path)]
  return alternatives.flatMap((each) => (isRecord(each) && 'const' in each ? [String(each['const'])] : []))
}

/** That no alternative fits is left out where it is said of each, and constants are named together. */
export const withAlternatives = (schema: unknown, findings: readonly Finding[]): readonly Finding[] => {
  const told = new Set<string>()
  return findings.filter(saysMore(findings)).flatMap((found) => {
    if (found.keyword !== 'const') return [found]
    if (told.has(found.instancePath)) return []
    told.add(found.instancePath)
    const values = constantsAt(schema, found.schemaPath)
    const message = values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`
    return [{ ...found, message }]
  })
}

const saysMore =
  (findings: readonly Finding[]) =>
  ({ keyword, instancePath }: Finding): boolean =>
    keyword !== 'anyOf' ||
    !findings.some(
      (other) =>
        other.keyword !== 'anyOf' &&
        (other.instancePath === instancePath || other.instancePath.startsWith(`${instancePath}/`)),
    )
