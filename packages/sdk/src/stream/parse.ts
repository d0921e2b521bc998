// Reads an event stream (the HTML standard's text/event-stream) out of chunks of bytes. Owns the format; knows no event's meaning.

export type Message =
  | { readonly type: 'event'; readonly event: string; readonly data: string; readonly id: string }
  /** A block with an id and no data: it dispatches nothing, but moves the last event id. */
  | { readonly type: 'id'; readonly id: string }
  | { readonly type: 'retry'; readonly millis: number }
  /** One event is larger than was allowed; nothing comes after this. */
  | { readonly type: 'too_large' }

export interface Parser {
  readonly push: (chunk: Uint8Array) => readonly Message[]
}

/** `maximum` bounds the characters of one event, so that a stream without line ends cannot fill the memory. */
export const openParser = (maximum: number): Parser => {
  const decoder = new TextDecoder()
  let line = ''
  let afterReturn = false
  let event = ''
  let data: string[] = []
  let size = 0
  let id = ''
  let idSeen = false
  let over = false

  const field = (name: string, value: string): Message | undefined => {
    if (name === 'data') data.push(value)
    else if (name === 'event') event = value
    else if (name === 'id' && !value.includes('\0')) {
      id = value
      idSeen = true
    } else if (name === 'retry' && /^\d{1,9}$/.test(value)) return { type: 'retry', millis: Number(value) }
    return undefined
  }

  const dispatch = (): Message | undefined => {
    const message: Message | undefined =
      data.length > 0
        ? { type: 'event', event: event === '' ? 'message' : event, data: data.join('\n'), id }
        : idSeen
          ? { type: 'id', id }
          : undefined
    event = ''
    data = []
    size = 0
    idSeen = false
    return message
  }

  const take = (whole: string): Message | undefined => {
    if (whole === '') return dispatch()
    const colon = whole.indexOf(':')
    if (colon === 0) return undefined
    if (colon === -1) return field(whole, '')
    return field(whole.slice(0, colon), whole.slice(whole[colon + 1] === ' ' ? colon + 2 : colon + 1))
  }

  return {
    push: (chunk) => {
      if (over) return []
      const messages: Message[] = []
      let text = decoder.decode(chunk, { stream: true })
      if (text === '') return messages
      if (afterReturn && text.startsWith('\n')) text = text.slice(1)
      afterReturn = text === '' ? false : text.endsWith('\r')
      const lines = text.split(/\r\n|\r|\n/)
      for (const [index, part] of lines.entries()) {
        line += part
        if (size + line.length > maximum) {
          over = true
          return [...messages, { type: 'too_large' }]
        }
        if (index === lines.length - 1) break
        size += line.length
        const message = take(line)
        line = ''
        if (message !== undefined) messages.push(message)
      }
      return messages
    },
  }
}
