// Metrics for Prometheus: base units, no tenant labels. Request durations are kept in plain arrays, because the hot lane counts them too.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

export interface Timing {
  readonly observe: (seconds: number) => void
}

export interface Counter {
  count: number
}

export interface Metrics {
  readonly route: (method: string, route: string, status: number) => Timing
  readonly lane: (result: 'hit' | 'aside') => Counter
  readonly gauge: (name: string, help: string, read: () => number) => void
  readonly text: () => Promise<string>
  readonly mediaType: string
  readonly close: () => void
}

const bounds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const

interface Histogram {
  readonly labels: string
  readonly buckets: number[]
  sum: number
  count: number
}

const durations = 'konfig_http_request_duration_seconds'

const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const histogramText = (histograms: Iterable<Histogram>): string => {
  const lines = [`# HELP ${durations} How long requests took, by route and status.`, `# TYPE ${durations} histogram`]
  for (const { labels, buckets, sum, count } of histograms) {
    let total = 0
    bounds.forEach((bound, index) => {
      total += buckets[index] ?? 0
      lines.push(`${durations}_bucket{${labels},le="${bound}"} ${total}`)
    })
    lines.push(
      `${durations}_bucket{${labels},le="+Inf"} ${count}`,
      `${durations}_sum{${labels}} ${sum}`,
      `${durations}_count{${labels}} ${count}`,
    )
  }
  return lines.join('\n')
}

const counterText = (name: string, help: string, counters: ReadonlyMap<string, Counter>): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} counter`,
    ...[...counters].map(([result, { count }]) => `${name}{result="${result}"} ${count}`),
  ].join('\n')

/** Gauges of prom-client whose names only counters may have. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

export const openMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of misnamed) registry.removeSingleMetric(name)
  const histograms = new Map<string, Histogram & Timing>()
  const lane = new Map<string, Counter>([
    ['hit', { count: 0 }],
    ['aside', { count: 0 }],
  ])

  const histogram = (labels: string): Histogram & Timing => {
    const made = {
      labels,
      buckets: bounds.map(() => 0),
      sum: 0,
      count: 0,
      observe: (seconds: number): void => {
        made.sum += seconds
        made.count++
        for (let at = 0; at < bounds.length; at++)
          if (seconds <= (bounds[at] ?? 0)) {
            made.buckets[at] = (made.buckets[at] ?? 0) + 1
            return
          }
      },
    }
    return made
  }

  return {
    route: (method, route, status) => {
      const labels = `method="${escape(method)}",route="${escape(route)}",status="${status}"`
      let found = histograms.get(labels)
      if (found === undefined) {
        found = histogram(labels)
        histograms.set(labels, found)
      }
      return found
    },
    lane: (result) => lane.get(result) ?? { count: 0 },
    gauge: (name, help, read) => {
      const made = new Gauge({
        name,
        help,
        registers: [registry],
        collect: () => {
          made.set(read())
        },
      })
    },
    text: async () =>
      `${await registry.metrics()}\n${histogramText(histograms.values())}\n${counterText('konfig_lane_requests_total', 'Reads answered by the hot lane, and those that it passed on.', lane)}\n`,
    mediaType: registry.contentType,
    close: () => registry.clear(),
  }
}
