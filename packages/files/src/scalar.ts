// Text as the value that it writes, for formats that have text only. Knows no format.

/** What is written exactly as JSON would write a number, true or false is one; all else is text. */
export const readScalar = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = /^-?\d{1,16}(?:\.\d{1,16})?$/.test(text) ? Number(text) : Number.NaN
  return String(number) === text && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text
}
