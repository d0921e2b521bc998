// How answers are written in scripts: values, places and reasons. Never ids or times, which would say nothing of a rule.
import type { Leaf, Shadowed } from '../src/resolve/explain.ts'
import type { Contribution } from '../src/resolve/resolve.ts'

export const slotName = ({
  layer,
  environment,
}: {
  readonly layer: string
  readonly environment?: string | undefined
}): string => (environment === undefined ? layer : `${layer}@${environment}`)

export const inertLine = ({ layer, environment, written, verdict }: Contribution): string =>
  `${JSON.stringify(written)}  ${slotName({ layer, environment })}  ${verdict === 'live' ? 'live' : `inert: ${verdict.inert} (${verdict.rule})`}`

const shadowLine = ({ value, reason, rule, ...source }: Shadowed): string =>
  `    ${JSON.stringify(value)}  ${slotName(source)}  ${rule === undefined ? reason : `inert: ${reason} (${rule})`}`

export const leafLines = ({ pointer, winner, shadowed }: Leaf): readonly string[] => {
  const place = pointer === '' ? '' : `${pointer}  `
  const won =
    winner === undefined
      ? 'no value'
      : winner.removed
        ? `removed by ${slotName(winner)}`
        : `${JSON.stringify(winner.value)}  from ${slotName(winner)}`
  return [`${place}${won}`, ...shadowed.map(shadowLine)]
}
