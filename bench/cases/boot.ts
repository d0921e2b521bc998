// How soon after listening a node with 10,000 tenants in its journal gives its first answer: nothing is loaded before it is asked for.
import { atMost, type Case } from '../figure.ts'
import { median } from '../load/processes.ts'
import { readRequest } from '../load/request.ts'
import { keyName, seed } from '../world/seed.ts'
import { fetchBytes, startServer } from '../world/server.ts'
import { many, namespaceName } from '../world/worlds.ts'

const starts = 5

export const boot: Case = async (say) => {
  const seconds: number[] = []
  for (let start = 0; start < starts; start++) {
    const world = await seed(many, say)
    const server = await startServer(world.folder)
    const began = performance.now()
    const credential = world.credentials[(start * 1999 + 17) % world.credentials.length] ?? ''
    const answer = (await fetchBytes(server.port, readRequest(credential, namespaceName, keyName(start)))).toString()
    seconds.push((performance.now() - began) / 1000)
    say(
      `boot: listening ${server.startSeconds.toFixed(2)} s after the start, the first answer ${seconds.at(-1)?.toFixed(3)} s after that`,
    )
    await server.end()
    if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(answer.slice(0, 400))
  }
  return [
    atMost(
      'first answer after boot with 10,000 tenants',
      median(seconds),
      1,
      'seconds after listening',
      `${starts} starts, each on a fresh copy; the first authenticated read of a tenant, its key proven and its log loaded; median`,
    ),
  ]
}
