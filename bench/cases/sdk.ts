// What a read through the SDK costs beside a bare Map.get of the same names: values are read in hot loops, so it must be next to nothing.
import { connect, type Json } from '@konfig/sdk'
import { atMost, type Case } from '../figure.ts'

const keys = 1000
const reads = 2_000_000
const rounds = 15

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

const nanoseconds = (names: readonly string[], read: (name: string) => unknown): number => {
  let found = 0
  const begun = performance.now()
  for (let index = 0; index < reads; index += 1) if (read(names[index % keys] ?? '') !== undefined) found += 1
  const took = performance.now() - begun
  if (found !== reads) throw new Error(`only ${found} of ${reads} reads found a value`)
  return (took * 1e6) / reads
}

export const sdk: Case = async (say) => {
  const values = Object.fromEntries(Array.from({ length: keys }, (_, index) => [`some.key.${index}`, index]))
  const answer = JSON.stringify({ environment: 'production', values: { billing: values, other: values } })
  const konfig = await connect({
    url: 'http://127.0.0.1',
    apiKey: 'none',
    environment: 'production',
    streaming: false,
    fetch: async () => new Response(answer, { headers: { 'konfig-log': 'a.b', 'konfig-point': '1-1' } }),
  })
  const names = Object.keys(values).map((key) => `billing/${key}`)
  const bare = new Map<string, Json>(names.map((name, index) => [name, index]))
  const ways = {
    map: (name: string) => bare.get(name),
    get: (name: string) => konfig.get(name),
    number: (name: string) => konfig.number(name, 0),
  }
  const ratios = { get: [] as number[], number: [] as number[] }
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const map = nanoseconds(names, ways.map)
    times.push(map)
    ratios.get.push(nanoseconds(names, ways.get) / map)
    ratios.number.push(nanoseconds(names, ways.number) / map)
  }
  await konfig.close()
  say(`a bare Map.get takes ${median(times).toFixed(1)} ns`)
  const how = `${reads} reads over ${keys} names; ${rounds} alternating rounds, median of the ratios`
  return [
    atMost('SDK get', median(ratios.get), 3, 'of a bare Map.get', how),
    atMost('SDK number, with a default', median(ratios.number), 5, 'of a bare Map.get', how),
  ]
}
