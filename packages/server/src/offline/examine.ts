// Examines an installation without a server, and puts its indexes right where that is asked.
import { examine, type Examined, readHeads } from '@konfig/app'
import { openInstallation } from './installation.ts'
import type { Work } from './work.ts'

export interface Installation extends Examined {
  /** With which it signs, PEM. */
  readonly publicKey: string
}

/** `heads`: lines that were kept. Throws `StartError`; rejects with `malformed_request` for lines that the installation did not sign. */
export const examineInstallation = async (
  work: Work,
  mend: boolean,
  heads: readonly string[] = [],
): Promise<Installation> => {
  const { app, close } = await openInstallation(work)
  try {
    const told = (name: string): void => work.progress(`looking at ${name}`)
    const found = await examine(app, { mend, heads: readHeads(app, heads), told })
    return { ...found, publicKey: app.signing.pem }
  } finally {
    await close()
  }
}
