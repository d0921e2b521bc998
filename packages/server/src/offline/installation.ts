// Opens the installation that is there, without serving it. What serving needs (registration, tokens) is closed or at its default.
import { openApp, type OpenedApp } from '@konfig/app'
import { ports } from '../start.ts'
import { presentMaster, previousMaster, type Work } from './work.ts'

/** Throws `StartError` where there is none. */
export const openInstallation = async (work: Work): Promise<OpenedApp> => {
  const master = await presentMaster(work)
  const opened = await openApp({
    ...(await work.storage()),
    master,
    previous: previousMaster(work),
    ports,
    options: { registration: 'closed', apiKeyCost: 6, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: work.options.stateBytes,
    pastBytes: work.options.pastBytes,
    onError: () => undefined,
  })
  await opened.app.places.opened()
  return opened
}
