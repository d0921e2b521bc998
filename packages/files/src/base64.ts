// Base64 in dumps: to text and back, without any node module. Bytes that are no text are refused by line.
import { stop } from './refusal.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const fromBase64 = (written: string, line: number): string => {
  let binary: string
  try {
    binary = atob(written)
  } catch {
    return stop('has something in place of base64', line)
  }
  let text: string
  try {
    text = utf8.decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
  } catch {
    return stop('holds bytes that are not UTF-8 text, and so no configuration', line)
  }
  return text.includes('\0') ? stop('holds binary data, and so no configuration', line) : text
}

export const toBase64 = (text: string): string => {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}
