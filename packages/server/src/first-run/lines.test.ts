import { describe, expect, it } from 'vitest'
import { metricsLine } from './lines.ts'

const url = 'http://127.0.0.1:8080'
const at = (given: Partial<Parameters<typeof metricsLine>[1]>): string =>
  metricsLine(url, { metricsToken: undefined, metricsPort: undefined, embedded: false, host: '127.0.0.1', ...given })

describe('the line of a start about metrics', () => {
  it('says that they are off, and how to have them', () => {
    expect(at({})).toMatch(/off\. Set KONFIG_METRICS_TOKEN .* or KONFIG_METRICS_PORT/)
  })

  it('says who may read them, and never the token', () => {
    expect(at({ metricsToken: 'a-token-of-24-characters' })).toBe(
      `Metrics: ${url}/metrics, to whoever sends KONFIG_METRICS_TOKEN`,
    )
    expect(at({ embedded: true })).toBe(`Metrics: ${url}/metrics, to this machine`)
    expect(at({ embedded: true, metricsPort: 9000 })).toMatch(/to this machine, and to whoever reaches port 9000/)
    expect(at({ metricsPort: 9000 })).toBe('Metrics: on port 9000 of 127.0.0.1, to whoever reaches it')
  })
})
