import { failure, KonfigError } from '@konfig/core'
import { describe, expect, it } from 'vitest'
import { openServerLog } from '../log/server-log.ts'
import { openWhenThere, Stopped } from './wait.ts'

const refused = Object.assign(new Error('connect ECONNREFUSED postgres://konfig:secret@host'), { code: 'ECONNREFUSED' })
const away = new KonfigError(failure('unavailable', { what: 'The journal', seconds: 1 }), { cause: refused })

const world = () => {
  const said: string[] = []
  const stopping = new AbortController()
  const log = openServerLog('info', { write: (line) => said.push(line) })
  const waiting = { what: 'PostgreSQL at host', log, complain: (text: string) => said.push(text), millis: 1 }
  return { said, stopping, waiting: { ...waiting, signal: stopping.signal } }
}

describe('a store that is away at the start', () => {
  it('is waited for, which is said at the terminal and in the server log, without what an error repeats', async () => {
    const { said, waiting } = world()
    let tries = 0
    const opened = await openWhenThere(async () => {
      tries += 1
      if (tries < 3) throw away
      return 'store'
    }, waiting)
    expect([opened, tries]).toEqual(['store', 3])
    expect(said[0]).toBe('waiting: PostgreSQL at host does not answer (ECONNREFUSED). Trying again every 1 s.')
    expect(said.filter((line) => line.includes('Waiting for the journal'))).toHaveLength(2)
    expect(said.at(-1)).toBe('PostgreSQL at host is there.')
    expect(said.join('')).not.toContain('secret')
  })

  it('is called in the server log what it is', async () => {
    const { said, waiting } = world()
    let tries = 0
    const open = async (): Promise<string> => (++tries === 1 ? Promise.reject(away) : 'store')
    await openWhenThere(open, { ...waiting, as: 'the key store' })
    expect(said.join('')).toContain('"msg":"Waiting for the key store"')
  })

  it('is not waited for where waiting cannot mend it', async () => {
    const { said, waiting } = world()
    const wrong = new Error('wrong password')
    await expect(openWhenThere(() => Promise.reject(wrong), waiting)).rejects.toBe(wrong)
    expect(said).toEqual([])
  })

  it('is waited for no longer once the server is told to stop', async () => {
    const { stopping, waiting } = world()
    const opening = openWhenThere(() => Promise.reject(away), { ...waiting, millis: 1_000_000 })
    setImmediate(() => stopping.abort())
    await expect(opening).rejects.toBeInstanceOf(Stopped)
  })
})
