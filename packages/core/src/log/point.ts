// Points, `<platform revision>-<tenant revision>`: what a resolved value depends on. Knows nothing of logs.
import type { Revision } from './commit.ts'

export interface Point {
  readonly platform: Revision
  readonly tenant: Revision
}

export const formatPoint = (point: Point): string => `${point.platform}-${point.tenant}`

const pattern = /^(0|[1-9]\d{0,14})-(0|[1-9]\d{0,14})$/

export const parsePoint = (text: string): Point | undefined => {
  const match = pattern.exec(text)
  return match === null ? undefined : { platform: Number(match[1]), tenant: Number(match[2]) }
}
