// Requests as bytes, as the generator sends them.

const host = 'Host: 127.0.0.1\r\nConnection: keep-alive\r\nUser-Agent: konfig-benchmark\r\nAccept: application/json\r\n'

export const readLine = (namespace: string, key: string | undefined, environment = 'production'): string =>
  `GET /api/v1/values/${namespace}${key === undefined ? '' : `/${key}`}?environment=${environment} HTTP/1.1\r\n`

export const fields = (credential: string, more = ''): string =>
  `${host}Authorization: Bearer ${credential}\r\n${more}\r\n`

export const readRequest = (credential: string, namespace: string, key: string | undefined, more = ''): string =>
  `${readLine(namespace, key)}${fields(credential, more)}`

export const writeLine = (namespace: string, key: string): string =>
  `PUT /api/v1/namespaces/${namespace}/configs/${key} HTTP/1.1\r\n`
