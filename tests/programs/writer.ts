// Commits one value after another to the platform's log of a folder and says each revision once it is acknowledged. Is killed by its tests.
import { commit, type Context } from '@konfig/app'
import { openInstallationIn } from '../harness/installation.ts'

const [folder, count, mode] = process.argv.slice(2)
const { app, close } = await openInstallationIn(folder as string)
const context: Context = {
  app,
  caller: { type: 'anonymous' },
  side: 'platform',
  log: app.platform,
  tenant: undefined,
  request: { id: 'writer', address: '127.0.0.1' },
  write: { dryRun: false },
}
const before = app.platform.state().revision
for (let index = 0; index < Number(count); index++) {
  const name = `n${before + index}`
  const { revision } = await commit(
    context,
    () => ({ ok: true, value: { intentions: [{ op: 'put', kind: 'namespace', name, body: {} }] } }),
    { trusted: 'test' },
  )
  // Taken by the pipe before anything else is done: what is printed was acknowledged, and a trace shows it in its place.
  await new Promise<void>((resolve) => process.stdout.write(`acknowledged ${revision}\n`, () => resolve()))
  if (mode === 'snapshots' && index % 20 === 19) await app.platform.saveSnapshot()
}
await close()
