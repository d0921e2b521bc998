// One line for each request in the server log: built by hand and written in bulk, because there are so many.
// Never holds a body, a query, a credential or an address.

export interface AccessLog {
  /** For paths that need no escaping. `seconds` is how long the answer took. */
  readonly plain: (id: string, method: string, path: string, route: string, status: number, seconds: number) => void
  readonly line: (id: string, method: string, path: string, route: string, status: number, seconds: number) => void
  readonly flush: () => void
}

const flushMillis = 200
const mostWaiting = 64 * 1024

/** `write` takes whole lines. A line that was not yet written when the process is killed is lost: this is no audit. */
export const openAccessLog = (write: (lines: string) => void, enabled: boolean, now: () => number): AccessLog => {
  let waiting = ''
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (waiting === '') return
    const lines = waiting
    waiting = ''
    write(lines)
  }
  const add = (line: string): void => {
    waiting += line
    if (waiting.length > mostWaiting) flush()
    else if (timer === undefined) {
      timer = setTimeout(flush, flushMillis)
      timer.unref()
    }
  }
  const plain: AccessLog['plain'] = (id, method, path, route, status, seconds) => {
    add(
      `{"level":"info","time":${now()},"msg":"request","requestId":"${id}","method":"${method}","path":"${path}","route":"${route}","status":${status},"ms":${(seconds * 1000).toFixed(2)}}\n`,
    )
  }
  if (!enabled) return { plain: () => undefined, line: () => undefined, flush }
  return {
    plain,
    line: (id, method, path, route, status, seconds) => {
      const escaped = JSON.stringify(path.slice(0, 1024)).slice(1, -1)
      plain(id, /^[A-Z]{1,10}$/.test(method) ? method : 'OTHER', escaped, route, status, seconds)
    },
    flush,
  }
}
