import type { App } from '@konfig/app'
import type { Options } from '../options.ts'
import type { Server } from '../server.ts'
export interface FirstRun {
  readonly app: App
  readonly server: Server
  readonly options: Options
  readonly url: string
  readonly print: (text: string) => void
}
export const firstRun = async (given: FirstRun): Promise<void> => {
  given.print(given.url)
}
