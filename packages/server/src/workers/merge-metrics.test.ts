import { describe, expect, it } from 'vitest'
import { openMetrics } from '../metrics.ts'
import { mergeMetrics } from './merge-metrics.ts'

const one = `# HELP up Whether it is up.
# TYPE up gauge
up 1

# HELP requests Requests.
# TYPE requests counter
requests{route="/{ns} x",status="200"} 5
`

describe('the metrics of several workers', () => {
  it('stand together by family, opened once, each sample with its worker', () => {
    const merged = mergeMetrics(
      new Map([
        ['1', one],
        ['2', one.replace('up 1', 'up 0')],
      ]),
    )
    expect(merged).toBe(`# HELP up Whether it is up.
# TYPE up gauge
up{worker="1"} 1
up{worker="2"} 0
# HELP requests Requests.
# TYPE requests counter
requests{worker="1",route="/{ns} x",status="200"} 5
requests{worker="2",route="/{ns} x",status="200"} 5
`)
  })

  it('lose no sample of what a server really tells', async () => {
    const metrics = openMetrics()
    metrics.route('GET', '/values/{ns}', 200).observe(0.01)
    const text = await metrics.text()
    metrics.close()
    const samples = (of: string): number => of.split('\n').filter((line) => /^[a-z]/.test(line)).length
    const merged = mergeMetrics(
      new Map([
        ['1', text],
        ['2', text],
      ]),
    )
    expect(samples(merged)).toBe(2 * samples(text))
    expect(merged.match(/^# TYPE konfig_http_request_duration_seconds /gm)).toHaveLength(1)
  })
})
