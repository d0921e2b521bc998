// `konfig version`: of this command, and of the server where it can be asked.
import { verb } from '../verb.ts'
import { version } from '../version.ts'

export const showVersion = verb<undefined>({
  parse: () => undefined,
  run: async (_, { output }) => {
    const known = { konfig: version, node: process.version }
    await output.show(known, () => `konfig ${version} (Node ${process.version})`)
  },
})
