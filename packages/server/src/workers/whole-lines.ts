// Passes on what several processes print, line by line: what one wrote in pieces is not torn apart by another's.

const newLine = 10

export interface WholeLines {
  readonly take: (bytes: Buffer) => void
  /** What came last without an end, once nothing more comes. */
  readonly end: () => void
}

export const wholeLines = (write: (bytes: Buffer) => void): WholeLines => {
  let rest: Buffer[] = []
  return {
    take: (bytes) => {
      const end = bytes.lastIndexOf(newLine) + 1
      if (end === 0) {
        rest.push(bytes)
        return
      }
      write(rest.length === 0 ? bytes.subarray(0, end) : Buffer.concat([...rest, bytes.subarray(0, end)]))
      rest = end === bytes.length ? [] : [bytes.subarray(end)]
    },
    end: () => {
      if (rest.length > 0) write(Buffer.concat([...rest, Buffer.from('\n')]))
      rest = []
    },
  }
}
