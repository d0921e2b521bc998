// The contract of master keys, for those that live in this process: a key of 32 bytes, and a passphrase.
import { masterKeyContract } from '../contract/master-key.ts'
import { openMemory } from '../memory/index.ts'
import { localMasterKey, passphraseMasterKey } from './master.ts'

masterKeyContract('local', {
  open: async () => localMasterKey(new Uint8Array(32).fill(1)),
  other: async () => localMasterKey(new Uint8Array(32).fill(2)),
})

const { records } = openMemory({ clock: { now: () => 0 } })
/** Stretching takes its time by intention: once for each is enough. */
const [first, again, other] = await Promise.all(
  ['correct horse battery', 'correct horse battery', 'another horse'].map((text) => passphraseMasterKey(records, text)),
)

masterKeyContract('passphrase', {
  open: (
    (turn) => async () =>
      (turn++ % 2 === 0 ? first : again) as NonNullable<typeof first>
  )(0),
  other: async () => other as NonNullable<typeof other>,
})
