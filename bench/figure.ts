// One measured figure, as `bench/results.json` holds it. A ratio always comes from one run of two things side by side.

export interface Figure {
  readonly name: string
  readonly ratio: number
  readonly goal: string
  readonly holds: boolean
  /** What the ratio is of, or the unit where it is a plain figure. */
  readonly unit: string
  readonly how: string
}

export const atLeast = (name: string, ratio: number, goal: number, unit: string, how: string): Figure => ({
  name,
  ratio: Number(ratio.toFixed(3)),
  goal: `>= ${goal}`,
  holds: ratio >= goal,
  unit,
  how,
})

export const atMost = (name: string, ratio: number, goal: number, unit: string, how: string): Figure => ({
  name,
  ratio: Number(ratio.toFixed(3)),
  goal: `<= ${goal}`,
  holds: ratio <= goal,
  unit,
  how,
})

export type Case = (say: (line: string) => void) => Promise<readonly Figure[]>
