// A point, `<platform revision>-<tenant revision>`: what a state of the values depends on. Compares only within one log id.

export interface Point {
  readonly platform: number
  readonly tenant: number
}

export const parsePoint = (text: string | undefined | null): Point | undefined => {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? '')
  return found === null ? undefined : { platform: Number(found[1]), tenant: Number(found[2]) }
}

export const formatPoint = ({ platform, tenant }: Point): string => `${platform}-${tenant}`

/** Older is what is lower in either part: a node may be ahead in one log and behind in the other. */
export const isOlder = (point: Point, than: Point): boolean =>
  point.platform < than.platform || point.tenant < than.tenant
