// The lines that a newcomer pastes: five questions and changes, with curl alone. They hold no key, which curl reads from a file of its own,
// so that they may be printed on every start, and they work however often they are pasted.
import { changed, defaults } from './sample.ts'

export interface LineParts {
  readonly url: string
  /** Files that hold one header each. */
  readonly readerHeader: string
  readonly editorHeader: string
  readonly revision: number
  readonly certificate: string | undefined
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
