// Env files as `docker run --env-file` reads them: the value is all that stands behind `=`, quotes and spaces included.
// No expansion, no line that goes on. What a container would be given from elsewhere is refused.
import { type Json, refuse, type Result } from '@konfig/core'
import { stop } from './refusal.ts'
import { readScalar } from './scalar.ts'
import { checkKey, type Entry, type Tree } from './tree.ts'

export const readDockerEnv = (text: string): readonly Tree[] => {
  const entries = text.split('\n').flatMap((written, index): readonly Entry[] => {
    const line = index + 1
    const found = written.trimStart()
    if (found === '' || found.startsWith('#')) return []
    const end = found.indexOf('=')
    if (end === -1) return stop('has a name without =, which takes its value from whoever starts the container', line)
    const key = found.slice(0, end)
    if (key === '') return stop('has no name before =', line)
    if (/\s/.test(key)) return stop('has white space in its name', line)
    return [{ key: checkKey(key, line), line, tree: { kind: 'scalar', line, value: readScalar(found.slice(end + 1)) } }]
  })
  return entries.length === 0 ? [] : [{ kind: 'map', line: 1, entries }]
}

/** A line of the file; a text with a line end in it cannot be one. */
export const dockerLine = (name: string, key: string, text: string): Result<string> =>
  /[\n\r\0]/.test(text)
    ? refuse('value_unwritable', { key, format: 'docker' })
    : { ok: true, value: `${name}=${text}\n` }

/** Null has no form there but nothing at all; lists and objects are compact JSON. */
export const asText = (value: Json): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
