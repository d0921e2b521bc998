// Examines an installation without a server, and puts its indexes right where that is asked.
import { examine, type Examined, openApp } from '@konfig/app'
import { ports } from '../start.ts'
import { presentMaster, type Work } from './work.ts'

/** Throws `StartError`. */
export const examineInstallation = async (work: Work, mend: boolean): Promise<Examined> => {
  const master = await presentMaster(work)
  const { app, close } = await openApp({
    ...(await work.storage()),
    master,
    ports,
    options: { registration: 'closed', apiKeyCost: 6, accessTokenSeconds: 900, refreshTokenDays: 30 },
    stateBytes: work.options.stateBytes,
    pastBytes: work.options.pastBytes,
    onError: () => undefined,
  })
  try {
    return await examine(app, { mend, told: (name) => work.progress(`looking at ${name}`) })
  } finally {
    await close()
  }
}
