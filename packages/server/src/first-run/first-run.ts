// What a start leaves for people: on the first one an administrator and, embedded, the sample and its files; on each one the address.
// Promise: first-run.json is written once, when everything in it works, and never changed; a first start that is cut short is finished by the next.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '@konfig/app'
import type { Options } from '../options.ts'
import type { Server } from '../server.ts'
import { caller } from './call.ts'
import { ensureAdministrator, freshAdministrator, hasAdministrator, type Login, pendingLogins } from './credentials.ts'
import { readJsonFile, writeOwned } from './files.ts'
import { metricsLine, pasteLines } from './lines.ts'
import { makeSample, sampleTenant } from './sample.ts'

export interface FirstRun {
  readonly app: App
  readonly server: Server
  readonly options: Options
  readonly url: string
  readonly print: (text: string) => void
}

/** For scripts; its shape is part of the API. */
export interface FirstRunFile {
  readonly url: string
  readonly tenant: string
  readonly apiKey: string
  readonly editorKey: string
  readonly owner: Login
  readonly platformAdmin: Login
}

const files = (data: string) => ({
  result: join(data, 'first-run.json'),
  pending: join(data, 'first-run.pending.json'),
  sample: join(data, 'sample.json'),
  reader: join(data, 'reader.header'),
  editor: join(data, 'editor.header'),
})

const makeIt = async ({ app, server, options, url }: FirstRun): Promise<FirstRunFile> => {
  const paths = files(options.data)
  const logins = await pendingLogins(paths.pending)
  await ensureAdministrator(app, logins.platformAdmin)
  const { apiKey, editorKey, revision } = await makeSample(app, caller(server), logins)
  const made: FirstRunFile = {
    url,
    tenant: sampleTenant,
    apiKey,
    editorKey,
    owner: logins.owner,
    platformAdmin: logins.platformAdmin,
  }
  await writeOwned(paths.sample, `${JSON.stringify({ revision })}\n`)
  await writeOwned(paths.result, `${JSON.stringify(made, undefined, 2)}\n`)
  await rm(paths.pending, { force: true })
  return made
}

const credentials = (
  { owner, platformAdmin, apiKey, editorKey, tenant }: FirstRunFile,
  result: string,
): readonly string[] => [
  `Credentials, shown this once and kept in ${result} (mode 0600):`,
  `  tenant                  ${tenant}`,
  `  owner                   ${owner.email}  ${owner.password}`,
  `  platform administrator  ${platformAdmin.email}  ${platformAdmin.password}`,
  `  API key, reads          ${apiKey}`,
  `  API key, edits          ${editorKey}`,
]

const startWithSample = async (given: FirstRun): Promise<void> => {
  const { options, url, print } = given
  const paths = files(options.data)
  const before = await readJsonFile<FirstRunFile>(paths.result)
  const now = before ?? (await makeIt(given))
  await writeOwned(paths.reader, `X-API-Key: ${now.apiKey}\n`)
  await writeOwned(paths.editor, `X-API-Key: ${now.editorKey}\n`)
  const revision = (await readJsonFile<{ readonly revision: number }>(paths.sample))?.revision ?? 1
  print(
    [
      '',
      `Konfig is at ${url}   API docs: ${url}/docs   health: ${url}/health`,
      metricsLine(url, options),
      '',
      ...(before === undefined ? credentials(now, paths.result) : [`Credentials are in ${paths.result}.`]),
      '',
      'Paste these; they need curl and nothing else:',
      '',
      ...pasteLines({
        url,
        readerHeader: paths.reader,
        editorHeader: paths.editor,
        revision,
        certificate: options.tls?.cert,
      }),
      '',
    ].join('\n'),
  )
}

/** An installation that others had before the sample came has administrators of its own: it gets no sample. */
const wantsSample = async ({ app, options }: FirstRun): Promise<boolean> => {
  if (!options.embedded || options.sample === 'none') return false
  const paths = files(options.data)
  const begun = (await readJsonFile(paths.result)) !== undefined || (await readJsonFile(paths.pending)) !== undefined
  return begun || !hasAdministrator(app)
}

export const firstRun = async (given: FirstRun): Promise<void> => {
  if (await wantsSample(given)) {
    await startWithSample(given)
    return
  }
  const { app, url, print, options } = given
  print(`Konfig is at ${url}   API docs: ${url}/docs\n${metricsLine(url, options)}`)
  if (hasAdministrator(app)) return
  const login = freshAdministrator()
  // Printed first: a password that is stored and was never shown would lock everybody out.
  print(
    `First administrator of the platform, shown this once: ${login.email}  ${login.password}\nChange the password: PUT /api/v1/auth/password`,
  )
  if (!(await ensureAdministrator(app, login)))
    print('Another node made the first administrator at the same time; the one printed here does not exist.')
}
