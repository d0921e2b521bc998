import { describe, expect, it } from 'vitest'
import { placeText } from './copy.ts'

describe('a place as it is shown', () => {
  it.each([
    [
      'postgres://konfig:secret@db.example.com:5432/konfig?sslmode=require&password=x',
      'postgres://db.example.com:5432/konfig',
    ],
    ['mongodb+srv://u:p%40x@h1,h2/konfig', 'mongodb+srv://h1,h2/konfig'],
    ['mysql://h/d', 'mysql://h/d'],
    ['./data', './data'],
    ['sqlite:/var/lib/konfig/konfig.db', 'sqlite:/var/lib/konfig/konfig.db'],
  ])('says where, and never who may enter: %s', (place, shown) => {
    expect(placeText(place)).toBe(shown)
  })
})
