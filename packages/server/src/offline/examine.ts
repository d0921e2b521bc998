// Examines an installation without a server, and puts its indexes right where that is asked. Where it cannot be opened as a whole, each log and each record
// is looked at by itself. Owns which of the two it is.
import { examine, type Examined, readHeads, survey, type Surveyed } from '@konfig/app'
import { KonfigError } from '@konfig/core'
import { openInstallation } from './installation.ts'
import { presentMaster, previousMaster, type Work } from './work.ts'

export interface Installation extends Examined {
  readonly whole: true
  /** With which it signs, PEM. */
  readonly publicKey: string
}

/** Of one that cannot be opened, and why. */
export interface Parts extends Surveyed {
  readonly whole: false
  readonly reason: KonfigError
}

/** What keeps an installation from being opened and not from being looked at. */
const survivable: readonly string[] = ['journal_corrupt', 'key_wrong', 'master_key_missing', 'log_erased']

/** `heads`: lines that were kept. Throws `StartError`; rejects with `malformed_request` for lines that the installation did not sign. */
export const examineInstallation = async (
  work: Work,
  mend: boolean,
  heads: readonly string[] = [],
): Promise<Installation | Parts> => {
  const told = (name: string): void => work.progress(`looking at ${name}`)
  try {
    const { app, close } = await openInstallation(work)
    try {
      const found = await examine(app, { mend, heads: readHeads(app, heads), told })
      return { whole: true, ...found, publicKey: app.signing.pem }
    } finally {
      await close()
    }
  } catch (reason) {
    if (!(reason instanceof KonfigError) || !survivable.includes(reason.failure.code)) throw reason
    const master = await presentMaster(work)
    const storage = await work.storage()
    const place = { ...storage, master, previous: previousMaster(work), clock: work.clock }
    return { whole: false, reason, ...(await survey(place, told)) }
  }
}
