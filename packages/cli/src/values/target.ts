// Where a write of a value goes, and how that is said. Pure.
import type { Deps } from '../verb.ts'
import type { Key } from './place.ts'

/** `--base` leaves the settled environment out. */
export const environmentOf = (base: boolean, { settings }: Pick<Deps, 'settings'>): string | undefined =>
  base ? undefined : settings.environment

export const placeText = ({ namespace, key }: Key, environment: string | undefined): string =>
  environment === undefined ? `${namespace}/${key}` : `${namespace}/${key} in ${environment}`

/** Of `platform` and what lies in it: `plan:premium@production`. */
export const sourceText = ({
  layer,
  environment,
}: {
  readonly layer: string
  readonly environment?: string
}): string => (environment === undefined ? layer : `${layer}@${environment}`)
