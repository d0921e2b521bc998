// The lines that a newcomer pastes: five questions and changes, with curl alone. They hold no key, which curl reads from a file of its own,
// so that they may be printed on every start, and they work however often they are pasted.
import type { Options } from '../options.ts'
import { changed, defaults } from './sample.ts'

export interface LineParts {
  readonly url: string
  /** Files that hold one header each. */
  readonly readerHeader: string
  readonly editorHeader: string
  readonly revision: number
  readonly certificate: string | undefined
}

/** Who may read /metrics, or how to let somebody: without a token it is not there, and would not say why. */
export const metricsLine = (
  url: string,
  { metricsToken, metricsPort, embedded, host }: Pick<Options, 'metricsToken' | 'metricsPort' | 'embedded' | 'host'>,
): string => {
  const own = metricsPort === undefined ? '' : `, and to whoever reaches port ${metricsPort} of ${host}`
  if (metricsToken !== undefined) return `Metrics: ${url}/metrics, to whoever sends KONFIG_METRICS_TOKEN${own}`
  if (embedded) return `Metrics: ${url}/metrics, to this machine${own}`
  return metricsPort === undefined
    ? 'Metrics: off. Set KONFIG_METRICS_TOKEN and /metrics answers to whoever sends it, or KONFIG_METRICS_PORT for a port of their own'
    : `Metrics: on port ${metricsPort} of ${host}, to whoever reaches it`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

export const pasteLines = ({
  url,
  readerHeader,
  editorHeader,
  revision,
  certificate,
}: LineParts): readonly string[] => {
  const trust = certificate === undefined ? '' : ` --cacert ${quoted(certificate)}`
  const curl = (header: string, rest: string): string => `curl -s -w '\\n'${trust} -H ${quoted(`@${header}`)} ${rest}`
  const at = (path: string): string => quoted(`${url}/api/v1${path}`)
  const timeout = `${defaults.namespace}/${defaults.timeout}`
  const json = "-H 'Content-Type: application/json'"
  return [
    'A resolved value:',
    `  ${curl(readerHeader, at(`/values/${timeout}?environment=production`))}`,
    'Why it is that:',
    `  ${curl(readerHeader, at(`/values/${timeout}?environment=production&explain=true`))}`,
    `A change that the platform's policy refuses (at most ${defaults.largest}):`,
    `  ${curl(editorHeader, `-X PUT ${json} -d '{"value": 600}' ${at(`/namespaces/${defaults.namespace}/configs/${defaults.timeout}`)}`)}`,
    'A rollback to the first version:',
    `  ${curl(editorHeader, `-X POST ${json} -d '{"version": 1}' ${at(`/namespaces/${changed.namespace}/configs/${changed.key}/rollback`)}`)}`,
    'The value as it was before that:',
    `  ${curl(readerHeader, at(`/values/${changed.namespace}/${changed.key}?environment=${changed.environment}&at=${revision}`))}`,
  ]
}
