// From bytes to text: UTF-8 only, of bounded size, without byte-order marks where documents start. Knows no format.
import { utf8Bytes } from '@konfig/core'
import { stop } from './refusal.ts'

export const largestFileBytes = 64 * 1_048_576

/** Where what cannot be UTF-8 begins: the last prefix that reads is found by halves, since text that is cut short still reads. */
const firstForeignByte = (bytes: Uint8Array): number => {
  const reads = (length: number, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream })
      return true
    } catch {
      return false
    }
  }
  let [good, bad] = [0, bytes.length + 1]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (reads(middle, true)) good = middle
    else bad = middle
  }
  while (good > 0 && !reads(good, false)) good -= 1
  return good
}

const decode = (bytes: Uint8Array): string => {
  if (bytes.includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe) return stop('it is a binary file')
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return stop('it is UTF-16; save it as UTF-8')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return stop(
      `it is not UTF-8 text: the byte at offset ${firstForeignByte(bytes)} cannot be there; save it as UTF-8, Latin-1 is not read`,
    )
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
  if (size > largestFileBytes)
    return stop('it is larger than 64 MiB; split it, one namespace a file, and import the parts one after another')
  const text = typeof file === 'string' ? file : decode(file)
  if (!text.isWellFormed()) return stop('it is not well-formed Unicode')
  if (text.includes('\0')) return stop('it is a binary file')
  return withoutMarks(text).replace(/\r\n?/g, '\n')
}
