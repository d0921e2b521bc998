// The contract against moto's KMS, behind a proxy that knows the states of keys and credentials, which moto does not.
import { keyStoreContract } from '@konfig/journal/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Kms, startKms } from '../../../tests/servers/kms.ts'
import { kmsMasterKey } from './index.ts'

let kms: Kms
let konfig: string
let other: string

/** A busy machine may take long to answer: only what hangs shall end. */
const keyAt = (key: string, patienceMillis = 30_000) =>
  kmsMasterKey({ key, region: 'eu-central-1', endpoint: kms.endpoint, patienceMillis })

beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test'
  kms = await startKms()
  konfig = await kms.makeKey()
  other = await kms.makeKey()
})
afterAll(() => kms.remove())
afterEach(() => vi.unstubAllEnvs())

keyStoreContract('kms', {
  open: (patienceMillis) => keyAt(konfig, patienceMillis),
  other: () => keyAt(other),
  stop: async () => {
    await kms.stop()
    return kms.start
  },
  freeze: async () => {
    const goOn = kms.freeze()
    return async () => goOn()
  },
  lockOut: async () => {
    kms.refuseAll('AccessDeniedException')
    return async () => kms.refuseAll()
  },
  disable: async () => {
    kms.refuse(konfig, 'DisabledException')
    return async () => kms.refuse(konfig)
  },
})

describe('a master key in KMS', () => {
  it.each(['KMSInvalidStateException', 'NotFoundException', 'UnrecognizedClientException'])(
    'says that it is refused, and never that the key is wrong, on %s',
    async (exception) => {
      const key = await keyAt(konfig)
      const wrapped = await key.wrap(Buffer.from('text'))
      kms.refuseAll(exception)
      try {
        await expect(key.unwrap(wrapped)).rejects.toMatchObject({ failure: { code: 'key_store_refuses' } })
      } finally {
        kms.refuseAll()
      }
    },
  )

  it('that is named by its ARN is asked for in the region that the ARN names', async () => {
    vi.stubEnv('AWS_REGION', '')
    const key = await kmsMasterKey({ key: konfig, endpoint: kms.endpoint })
    expect(Buffer.from(await key.unwrap(await key.wrap(Buffer.from('text')))).toString()).toBe('text')
  })

  it.each([{ named: undefined }, { named: '' }, { named: 'eu central' }])(
    'is refused, not waited for, where no region is named: $named',
    async ({ named }) => {
      vi.stubEnv('AWS_REGION', named)
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
      vi.stubEnv('AWS_CONFIG_FILE', '/dev/null')
      const opening = kmsMasterKey({ key: 'alias/konfig', endpoint: kms.endpoint })
      await expect(opening).rejects.toMatchObject({
        failure: { code: 'key_store_refuses', detail: expect.stringContaining('set AWS_REGION') },
      })
    },
  )

  it('waits out throttling, and then says that the store is not available', async () => {
    const key = await keyAt(konfig)
    kms.refuseAll('ThrottlingException')
    try {
      await expect(key.wrap(Buffer.from('text'))).rejects.toMatchObject({ failure: { code: 'unavailable' } })
    } finally {
      kms.refuseAll()
    }
  })
})
