// The language-free cases of spec/vectors that are about text and values alone. What other SDKs run too is not written twice.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openGetters } from './connect/reader.ts'
import { openParser } from './stream/parse.ts'
import type { Json } from './values/json.ts'

interface Cases<Case> {
  readonly cases: readonly Case[]
}
const read = <Case>(path: string): readonly Case[] =>
  (JSON.parse(readFileSync(new URL(`../../../spec/vectors/${path}`, import.meta.url), 'utf8')) as Cases<Case>).cases

type Chunk = string | { readonly hex: string }
const bytesOf = (chunk: Chunk): Uint8Array =>
  typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.hex, 'hex')

describe('reading an event stream', () => {
  const cases = read<{ name: string; maximum?: number; chunks: readonly Chunk[]; messages: unknown }>(
    'events/read.json',
  )
  it.each(cases)('$name', ({ maximum, chunks, messages }) => {
    const parser = openParser(maximum ?? 1000)
    expect(chunks.flatMap((chunk) => parser.push(bytesOf(chunk)))).toEqual(messages)
  })
  it.each(cases.filter(({ maximum }) => maximum === undefined))('cut at every byte: $name', ({ chunks, messages }) => {
    const parser = openParser(1000)
    const bytes = Buffer.concat(chunks.map(bytesOf))
    expect([...bytes].flatMap((byte) => parser.push(Uint8Array.of(byte)))).toEqual(messages)
  })
})

describe('typed getters', () => {
  const cases = read<{ getter: 'string' | 'number' | 'boolean' | 'json'; value: Json; gives?: Json }>(
    'getters/convert.json',
  )
  const otherwise = Symbol('default')
  it.each(cases)('$getter of $value', (given) => {
    const told: string[] = []
    const getters = openGetters(
      new Map([['key', given.value]]),
      (name) => name,
      (name, getter) => told.push(`${name} ${getter}`),
    )
    const expected = 'gives' in given ? given.gives : otherwise
    const getter = getters[given.getter] as (name: string, otherwise?: unknown) => unknown
    expect(getter('key', otherwise)).toEqual(expected)
    getter('key')
    expect(told).toEqual('gives' in given ? [] : [`key ${given.getter}`])
    expect(getter('missing', otherwise)).toBe(otherwise)
  })
})
