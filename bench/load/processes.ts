// Children of a benchmark: started, spoken to, measured by the processor time that the kernel counted, stopped by their own handle.
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface, type Interface } from 'node:readline'
import type { Job, Outcome } from './generator.ts'

const here = import.meta.dirname

const threadNanoseconds = (file: string): number => {
  try {
    return Number(readFileSync(file, 'utf8').split(' ', 1)[0])
  } catch {
    // The thread has ended since its name was read.
    return 0
  }
}

/** Seconds of processor time, user and system, of all threads that live: counted in nanoseconds, where /proc/<pid>/stat counts in hundredths. */
export const processorSeconds = (pid: number): number => {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanoseconds += threadNanoseconds(`/proc/${pid}/task/${thread}/schedstat`)
  return nanoseconds / 1e9
}

export const residentBytes = (pid: number): number => {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(match?.[1] ?? 0) * 1024
}

const lines = (child: ChildProcess): Interface => {
  if (child.stdout === null) throw new Error('the child has no standard output')
  return createInterface({ input: child.stdout })
}

export const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    lines(child).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)))
  })

export const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) {
      resolve()
      return
    }
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  })

export interface Generator {
  readonly run: (job: Job) => Promise<Outcome>
  /** Ends the job that runs: it answers what it has. */
  readonly cut: () => void
  readonly stop: () => Promise<void>
}

export const startGenerator = (): Generator => {
  const child = spawn(process.execPath, [`${here}/generator.ts`], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting: { readonly resolve: (outcome: Outcome) => void; readonly reject: (reason: unknown) => void }[] = []
  lines(child).on('line', (line) => {
    const answer = JSON.parse(line) as Outcome & { readonly error?: string }
    const next = waiting.shift()
    if (answer.error === undefined) next?.resolve(answer)
    else next?.reject(new Error(answer.error))
  })
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        child.stdin?.write(`${JSON.stringify(job)}\n`)
      }),
    cut: () => {
      child.stdin?.write('stop\n')
    },
    stop: () => stop(child),
  }
}

export const startRaw = async (
  file: string,
): Promise<{ readonly child: ChildProcess; readonly pid: number; readonly port: number }> => {
  const child = spawn(process.execPath, [`${here}/raw-server.ts`, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = Number(await firstLine(child))
  return { child, pid: child.pid ?? 0, port }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** A child that is told one line and answers one line, again and again. */
export interface Helper {
  readonly pid: number
  readonly ask: (line: string) => Promise<string>
  readonly stop: () => Promise<void>
}

export const startHelper = async (
  file: string,
  values: readonly string[],
  flags: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Helper & { readonly ready: string }> => {
  const child = spawn(process.execPath, [...flags, file, ...values], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const waiting: PromiseWithResolvers<string>[] = []
  const expect = (): Promise<string> => {
    const next = Promise.withResolvers<string>()
    waiting.push(next)
    return next.promise
  }
  lines(child).on('line', (line) => waiting.shift()?.resolve(line))
  child.once('exit', (code) => {
    for (const each of waiting) each.reject(new Error(`the child ended with ${code}`))
  })
  const ready = await expect()
  return {
    ready,
    pid: child.pid ?? 0,
    ask: (line) => {
      child.stdin?.write(`${line}\n`)
      return expect()
    },
    stop: () => stop(child),
  }
}
