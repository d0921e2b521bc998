// Processor time per request of one server against another: rounds of the same load in turn, the median of their ratios.
import type { Job } from './generator.ts'
import { type Generator, median, processorSeconds } from './processes.ts'

export interface Loaded {
  readonly pid: number
  readonly job: Job
}

/** Microseconds of processor time a request, all threads of the process. */
export const costOf = async (generator: Generator, { pid, job }: Loaded): Promise<number> => {
  const before = processorSeconds(pid)
  await generator.run(job)
  return ((processorSeconds(pid) - before) / job.count) * 1e6
}

export interface Compared {
  /** What the second costs, in the first's. */
  readonly ratio: number
  readonly first: number
  readonly second: number
  /** The lowest and the highest of the rounds. */
  readonly spread: readonly [number, number]
}

/** Who goes first changes with every round. */
export const compare = async (
  generator: Generator,
  first: Loaded,
  second: Loaded,
  rounds: number,
): Promise<Compared> => {
  const firsts: number[] = []
  const seconds: number[] = []
  const ratios: number[] = []
  for (let round = -1; round < rounds; round++) {
    const early = await costOf(generator, round % 2 === 0 ? first : second)
    const late = await costOf(generator, round % 2 === 0 ? second : first)
    // The first round warms both up.
    if (round < 0) continue
    const [a, b] = round % 2 === 0 ? [early, late] : [late, early]
    firsts.push(a)
    seconds.push(b)
    ratios.push(b / a)
  }
  return {
    ratio: median(ratios),
    first: median(firsts),
    second: median(seconds),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  }
}

export const tell = ({ ratio, first, second, spread }: Compared): string =>
  `${first.toFixed(1)} and ${second.toFixed(1)} us a request, ratio ${ratio.toFixed(3)} (${spread.map((each) => each.toFixed(3)).join(' to ')})`
