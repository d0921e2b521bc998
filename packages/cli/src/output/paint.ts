// Colours, or none. Owns the escape sequences; who may use them is decided by whoever makes a paint.

export interface Paint {
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
}

const sequence =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`
const same = (text: string): string => text

const coloured: Paint = {
  red: sequence(31, 39),
  green: sequence(32, 39),
  yellow: sequence(33, 39),
  bold: sequence(1, 22),
  dim: sequence(2, 22),
}
const bare: Paint = { red: same, green: same, yellow: same, bold: same, dim: same }

export const paintOf = (colours: boolean): Paint => (colours ? coloured : bare)
