// A text in one piece of memory: one that was glued together or cut out is put together again by everybody who reads it.
// For texts of one byte a character (latin1) that are kept.

export const flat = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
