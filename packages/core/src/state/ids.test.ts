import { describe, expect, it } from 'vitest'
import { openIds } from './ids.ts'

describe('a map by id', () => {
  it('answers the newest value of each id, and counts each once, however many there are', () => {
    const ids = openIds<number>()
    const count = 40_000
    const idOf = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
    for (let index = 0; index < count; index++) ids.set(idOf(index), index)
    for (let index = 0; index < count; index += 3) ids.set(idOf(index), -index)
    expect(ids.size).toBe(count)
    const wrong = Array.from({ length: count }, (_, index) => index).filter(
      (index) => ids.get(idOf(index)) !== (index % 3 === 0 ? -index : index),
    )
    expect(wrong).toEqual([])
    expect(ids.get(idOf(count))).toBeUndefined()
  })

  it('takes ids of any length', () => {
    const ids = openIds<string>()
    const odd = ['', 'a', 'ab', '__proto__', ...Array.from({ length: 20_000 }, (_, index) => `${index}`)]
    for (const id of odd) ids.set(id, id)
    expect(odd.filter((id) => ids.get(id) !== id)).toEqual([])
    expect(ids.size).toBe(odd.length)
  })
})
