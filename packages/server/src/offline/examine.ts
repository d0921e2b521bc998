// Examines an installation without a server, and puts its indexes right where that is asked.
import { examine, type Examined } from '@konfig/app'
import { openInstallation } from './installation.ts'
import type { Work } from './work.ts'

/** Throws `StartError`. */
export const examineInstallation = async (work: Work, mend: boolean): Promise<Examined> => {
  const { app, close } = await openInstallation(work)
  try {
    return await examine(app, { mend, told: (name) => work.progress(`looking at ${name}`) })
  } finally {
    await close()
  }
}
