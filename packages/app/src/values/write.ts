// Writes resolved values as text: JSON by hand, so that the order of keys is ours and no key is special, and the other formats by @konfig/files.
import type { Json, Resolved } from '@konfig/core'
import { writeResolvedApart } from '../threads/write-file.ts'
import type { FormatName, LayoutName } from './face.ts'
import { answerTooLarge, largestAnswerBytes } from './ready.ts'

export interface Group {
  readonly namespace: string
  readonly values: readonly (readonly [key: string, value: Json])[]
}

export const mediaTypes: { readonly [format in FormatName]: string } = {
  json: 'application/json; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
  env: 'text/plain; charset=utf-8',
  properties: 'text/plain; charset=utf-8',
  toml: 'application/toml; charset=utf-8',
  docker: 'text/plain; charset=utf-8',
  configmap: 'application/yaml; charset=utf-8',
}

/** Live values by key in code unit order: the same bytes whatever way a state came about. */
export const liveValues = (resolved: Iterable<Pick<Resolved, 'definition' | 'value'>>): Group['values'] => {
  const values: (readonly [string, Json])[] = []
  for (const { definition, value } of resolved) if (value !== undefined) values.push([definition.name, value])
  return values.sort(([a], [b]) => (a < b ? -1 : 1))
}

/** `{"key":value,…}`. Stops as soon as it is too large: a value may be referred to many times over. */
export const objectText = (values: Group['values']): string => {
  const parts: string[] = []
  let length = 2
  for (const [key, value] of values) {
    const part = `${JSON.stringify(key)}:${JSON.stringify(value)}`
    length += part.length + 1
    if (length > largestAnswerBytes) throw answerTooLarge()
    parts.push(part)
  }
  return `{${parts.join(',')}}`
}

/** The text of the groups in a format. Throws `names_collide`, `value_unwritable`, `overloaded`. */
export const documentText = async (
  groups: readonly Group[],
  named: boolean,
  format: FormatName,
  layout: LayoutName,
): Promise<string> => {
  // A ConfigMap has a name of its own.
  const isNamed = named || format === 'configmap'
  const given = groups.map(({ namespace, values }) =>
    isNamed && namespace !== '' ? { namespace, values } : { values },
  )
  const text = await writeResolvedApart(given, format, layout)
  if (text.length > largestAnswerBytes) throw answerTooLarge()
  return text
}
