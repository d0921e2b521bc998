// The checksum line of a text that is kept: CRC-32 of all that follows it, as UTF-8. Owns the line; knows nothing of what follows.
// It finds what a disk, a cut or a hand has damaged, and no malice: whoever can write the text can write the line.

const line = /^konfig crc32 ([0-9a-f]{8})\n/

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0xed_b8_83_20 : rest >>> 1
  return rest
})

const checksumOf = (text: string): string => {
  let sum = 0xff_ff_ff_ff
  for (const byte of new TextEncoder().encode(text)) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8)
  return ((sum ^ 0xff_ff_ff_ff) >>> 0).toString(16).padStart(8, '0')
}

export const withChecksum = (text: string): string => `konfig crc32 ${checksumOf(text)}\n${text}`

/** What follows the line; undefined where there is none, or where it is not what was written. */
export const checkedText = (text: string): string | undefined => {
  const [front, sum] = line.exec(text) ?? []
  if (front === undefined) return undefined
  const rest = text.slice(front.length)
  return checksumOf(rest) === sum ? rest : undefined
}
