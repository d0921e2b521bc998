import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CommandError } from './problem/problem.ts'
import { settingsOf, urlOf } from './settings.ts'

const home = mkdtempSync(join(tmpdir(), 'konfig-settings-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
mkdirSync(join(home, 'konfig'))
const profiles = {
  current: 'work',
  profiles: {
    work: { url: 'https://work.example', apiKey: 'work-key', environment: 'dev' },
    home: { url: 'http://127.0.0.1:8080', accessToken: 'token', refreshToken: 'refresh', namespace: 'app' },
  },
}
writeFileSync(join(home, 'konfig/config.json'), JSON.stringify(profiles), { mode: 0o600 })
const own = { XDG_CONFIG_HOME: home }

describe('settings', () => {
  it('come from the current profile', () => {
    expect(settingsOf({}, own)).toMatchObject({
      url: 'https://work.example',
      environment: 'dev',
      credential: { text: 'work-key' },
      warnings: [],
    })
  })

  it('come from variables before the profile, from flags before variables', () => {
    const env = { ...own, KONFIG_ENVIRONMENT: 'staging', KONFIG_API_KEY: 'other-key' }
    expect(settingsOf({}, env)).toMatchObject({
      environment: 'staging',
      credential: { from: 'variable', text: 'other-key' },
    })
    expect(settingsOf({ environment: 'production' }, env).environment).toBe('production')
  })

  it('come from a profile that a flag names, before all variables', () => {
    const env = { ...own, KONFIG_API_KEY: 'other-key', KONFIG_URL: 'https://other.example', KONFIG_PROFILE: 'work' }
    expect(settingsOf({ profile: 'home' }, env)).toMatchObject({
      url: 'http://127.0.0.1:8080',
      credential: { text: 'token', refreshable: true },
      namespace: 'app',
    })
  })

  it('never send the credentials of a profile to another server', () => {
    expect(settingsOf({ url: 'https://evil.example' }, own).credential).toBeUndefined()
    expect(settingsOf({}, { ...own, KONFIG_URL: 'https://evil.example' }).credential).toBeUndefined()
    expect(settingsOf({ url: 'https://work.example/' }, own).credential).toMatchObject({ text: 'work-key' })
  })

  it('warn of credentials that travel unencrypted, and only then', () => {
    expect(settingsOf({ url: 'http://far.example' }, { ...own, KONFIG_API_KEY: 'k' }).warnings).toEqual([
      'Credentials travel to far.example unencrypted; use https.',
    ])
    expect(settingsOf({ profile: 'home' }, own).warnings).toEqual([])
    expect(settingsOf({ url: 'http://far.example' }, own).warnings).toEqual([])
  })

  it('warn before a password or key is asked for that would travel unencrypted', () => {
    expect(settingsOf({ url: 'http://far.example' }, own, true).warnings).toEqual([
      'Credentials travel to far.example unencrypted; use https.',
    ])
    expect(settingsOf({ url: 'http://127.0.0.1:1' }, own, true).warnings).toEqual([])
  })

  it('name a profile that may have been meant', () => {
    expect(() => settingsOf({ profile: 'hme' }, own)).toThrow(CommandError)
    expect(settingsOf({ profile: 'new' }, own, true)).toMatchObject({ profileName: 'new', profile: undefined })
  })
})

describe('an address', () => {
  it('is taken without a slash, and for https where no scheme is typed', () => {
    expect([urlOf('https://a.example/'), urlOf('a.example/konfig/'), urlOf('localhost:8080')]).toEqual([
      'https://a.example',
      'https://a.example/konfig',
      'http://localhost:8080',
    ])
  })

  it('is refused with a password in it, and when it is none', () => {
    for (const text of ['https://ann:secret@a.example', 'ftp://a.example', 'http://', 'a b'])
      expect(() => urlOf(text)).toThrow(CommandError)
    expect(() => urlOf('https://ann:secret@a.example')).not.toThrow(/secret/)
  })
})
