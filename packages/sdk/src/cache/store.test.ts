import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type WebStorage, webStore } from './browser.ts'
import { fileStore } from './file.ts'
import { openKeeper } from './keep.ts'

describe('a file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'konfig-store-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('holds what was saved last, for its owner only, and nothing lies beside it', async () => {
    const store = fileStore(join(folder, 'known.json'))
    expect(await store.load()).toBeUndefined()
    await store.save('one')
    await store.save('two')
    expect(await store.load()).toBe('two')
    expect(statSync(join(folder, 'known.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['known.json'])
  })

  it('that others could read is theirs no longer once it was saved again', async () => {
    const path = join(folder, 'known.json')
    writeFileSync(path, 'old')
    chmodSync(path, 0o644)
    await fileStore(path).save('new')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('is whole after many were saved at once', async () => {
    const store = fileStore(join(folder, 'known.json'))
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000))
    await Promise.all(texts.map((text) => store.save(text)))
    expect(texts).toContain(await store.load())
    expect(readdirSync(folder)).toEqual(['known.json'])
  })

  it('that cannot be written rejects, keeps what was there, and leaves nothing beside it', async () => {
    const path = join(folder, 'known.json')
    mkdirSync(path)
    await expect(fileStore(path).save('x')).rejects.toThrow('EISDIR')
    expect(readdirSync(folder)).toEqual(['known.json'])
    await expect(fileStore(join(folder, 'no', 'folder')).save('x')).rejects.toThrow('ENOENT')
    await expect(fileStore(path).load()).rejects.toThrow('EISDIR')
  })
})

describe("a browser's storage", () => {
  it('holds what was saved last under its name', async () => {
    const kept = new Map<string, string>()
    const storage: WebStorage = {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => {
        kept.set(name, value)
      },
    }
    const store = webStore('known', () => storage)
    expect(await store.load()).toBeUndefined()
    await store.save('text')
    expect([...kept]).toEqual([['known', 'text']])
    expect(await store.load()).toBe('text')
  })

  it('that is forbidden or full rejects, and never throws', async () => {
    const forbidden = webStore('known', () => {
      throw new Error('SecurityError')
    })
    await expect(forbidden.load()).rejects.toThrow('SecurityError')
    await expect(forbidden.save('x')).rejects.toThrow('SecurityError')
    const full = webStore('known', () => ({
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }))
    await expect(full.save('x')).rejects.toThrow('QuotaExceededError')
  })
})

describe('saving', () => {
  const open = (save: (text: string) => Promise<void>) => {
    const due: (() => void)[] = []
    const failures: unknown[] = []
    let text = 'none'
    const keeper = openKeeper(
      { load: async () => undefined, save },
      () => text,
      (then) => {
        due.push(then)
        return () => undefined
      },
      (reason) => failures.push(reason),
    )
    return {
      keeper,
      due,
      failures,
      note: (next: string) => {
        text = next
        keeper.note()
      },
    }
  }

  it('happens once for changes that come close together, with the last of them', async () => {
    const saved: string[] = []
    const { due, note, keeper } = open(async (text) => {
      saved.push(text)
    })
    note('one')
    note('two')
    expect(due.length).toBe(1)
    due[0]?.()
    await keeper.flush()
    expect(saved).toEqual(['two'])
  })

  it('never runs twice at a time, and what came meanwhile is saved after it', async () => {
    const saved: string[] = []
    const ends: (() => void)[] = []
    const { note, keeper } = open(
      (text) =>
        new Promise((resolve) => {
          saved.push(text)
          ends.push(resolve)
        }),
    )
    note('one')
    const flushing = keeper.flush()
    note('two')
    const again = keeper.flush()
    expect(saved).toEqual(['one'])
    ends[0]?.()
    await new Promise((resolve) => setImmediate(resolve))
    expect(saved).toEqual(['one', 'two'])
    ends[1]?.()
    await Promise.all([flushing, again])
  })

  it('that fails is told once, and again after it had worked', async () => {
    let full = true
    const { note, keeper, failures } = open(async () => {
      if (full) throw new Error('ENOSPC')
    })
    for (const [text, isFull] of [
      ['a', true],
      ['b', true],
      ['c', false],
      ['d', true],
    ] as const) {
      full = isFull
      note(text)
      await keeper.flush()
    }
    expect(failures.length).toBe(2)
  })
})
