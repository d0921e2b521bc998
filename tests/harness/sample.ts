// The sample that an embedded server makes, on any backend: made in a file first, then moved as people move an installation.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { cleanEnvironment, startServer } from './child.ts'
import type { Place } from './place.ts'

const cli = join(import.meta.dirname, '../../packages/cli/src/main.ts')

type Options = Place['options']

/** In this folder, with its first-run.json and master.key. Answers how a server is started on it; without a place it stays embedded. */
export const makeSample = async (folder: string, place: Pick<Place, 'options'> | undefined): Promise<Options> => {
  const child = startServer({ KONFIG_DATA: folder, KONFIG_PORT: '0', KONFIG_LOG_LEVEL: 'error' })
  await child.waitFor(/Konfig is at/)
  child.kill('SIGTERM')
  await child.ended
  if (place === undefined) return {}
  const { KONFIG_JOURNAL: to, KONFIG_JOURNAL_MIGRATE: owner } = place.options
  const key = { KONFIG_MASTER_KEY_FILE: join(folder, 'master.key') }
  const copy = spawn(process.execPath, [cli, 'store', 'copy', folder, to ?? '', '--yes'], {
    env: {
      ...cleanEnvironment(),
      ...key,
      ...(owner === undefined ? {} : { KONFIG_JOURNAL_MIGRATE: owner }),
    },
  })
  let said = ''
  for (const stream of [copy.stdout, copy.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await new Promise<number | null>((resolve) => copy.on('close', resolve))
  if (code !== 0) throw new Error(`the sample could not be moved:\n${said}`)
  return { ...place.options, ...key, KONFIG_HOST: '127.0.0.1' }
}
