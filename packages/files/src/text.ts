// From bytes to text: UTF-8 only, of bounded size, without byte-order marks where documents start. Knows no format.
import { utf8Bytes } from '@konfig/core'
import { stop } from './refusal.ts'

export const largestFileBytes = 64 * 1_048_576

const decode = (bytes: Uint8Array): string => {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return stop('it is UTF-16; save it as UTF-8')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return stop('it is not UTF-8 text')
  }
}

/** Byte-order marks begin many real files, and end up inside when files are put together. */
const withoutMarks = (text: string): string =>
  text.includes('\ufeff')
    ? text
        .replace(/^\ufeff+/, '')
        .replace(/^\ufeff+(?=---)/gm, '')
        .replace(/^(---[^\n]*\n)\ufeff+/gm, '$1')
    : text

/** The text of a file with line ends `\n`, or a stop. */
export const textOf = (file: string | Uint8Array): string => {
  const size = typeof file === 'string' ? utf8Bytes(file) : file.length
  if (size > largestFileBytes) return stop('it is larger than 64 MiB')
  const text = typeof file === 'string' ? file : decode(file)
  if (!text.isWellFormed()) return stop('it is not well-formed Unicode')
  if (text.includes('\0')) return stop('it is a binary file')
  return withoutMarks(text).replace(/\r\n?/g, '\n')
}
