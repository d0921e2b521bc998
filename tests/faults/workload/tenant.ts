// The tenant that the clients work on: made once by the first node's administrator, with a namespace and a key that may do everything in it.
import { loginAs } from '../../harness/client.ts'
import { field, session } from '../../harness/session.ts'
import { loginOf, type Node } from './node.ts'

export const tenant = 'faults'
export const namespace = 'things'
export const environment = 'dev'

/** Answers the API key. */
export const makeTenant = async (node: Node, journal?: string): Promise<string> => {
  const { email, password } = await loginOf(node)
  const url = node.life()?.url
  if (url === undefined) throw new Error(`${node.name} does not listen`)
  const platform = session({ url }, await loginAs({ url }, email, undefined, password))
  await platform('POST /platform/tenants', {
    body: { name: tenant, plan: 'enterprise', ...(journal === undefined ? {} : { journal }) },
  })
  const token = field<string>(await platform('POST /auth/token', { body: { tenant } }), 'accessToken')
  const owner = session({ url }, token)
  await owner('POST /namespaces', { body: { name: namespace } })
  return field<string>(
    await owner('POST /api-keys', { body: { name: 'clients', role: 'admin', namespaces: [], environments: [] } }),
    'key',
  )
}
