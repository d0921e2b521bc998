// Where the table is: reads the URL. Credentials are never part of it. Knows nothing of requests.
import { CannotOpen, connectionsIn } from '@konfig/journal'

export interface Location {
  readonly region: string
  readonly table: string
  /** In place of the one that the region has; the AWS SDK's own variables, such as AWS_ENDPOINT_URL, hold where it is left out. */
  readonly endpoint: string | undefined
  /** At most so many requests at once. */
  readonly connections: number
}

const form = 'dynamodb://region/table'
const parameters = ['endpoint', 'connections']

const endpointOf = (query: URLSearchParams): string | undefined => {
  const text = query.get('endpoint')
  if (text === null) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') return text
  throw new CannotOpen('endpoint of the DynamoDB URL must read https://host:port, without credentials.')
}

/** Throws `CannotOpen`. */
export const readLocation = (text: string): Location => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.protocol !== 'dynamodb:' || url.host !== url.hostname)
    throw new CannotOpen(`The DynamoDB URL must read ${form}.`)
  if (url.username !== '' || url.password !== '')
    throw new CannotOpen(
      `The DynamoDB URL must read ${form}, without credentials: those come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role.`,
    )
  if (!/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(url.hostname))
    throw new CannotOpen(`The DynamoDB URL must read ${form}, with a region such as eu-central-1.`)
  const table = url.pathname.slice(1)
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(table))
    throw new CannotOpen(
      `The DynamoDB URL must read ${form}, with a table of 3 to 255 letters, digits, dots, dashes and underscores.`,
    )
  const unknown = [...url.searchParams.keys()].filter((name) => !parameters.includes(name))
  if (unknown.length > 0)
    throw new CannotOpen(`The DynamoDB URL has parameters that are not known: it may have ${parameters.join(', ')}.`)
  return {
    region: url.hostname,
    table,
    endpoint: endpointOf(url.searchParams),
    connections: connectionsIn(url.searchParams, 'DynamoDB', 50),
  }
}

/** For people: which table is meant. */
export const titleOf = ({ table, region, endpoint }: Location): string =>
  `${table} in ${region}${endpoint === undefined ? '' : ` at ${new URL(endpoint).host}`}`

/** Whether what is sent can be read on its way. */
export const isOpen = ({ endpoint }: Location): boolean => {
  if (endpoint === undefined) return false
  const { protocol, hostname } = new URL(endpoint)
  return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
