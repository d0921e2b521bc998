// The port over which nodes of one installation tell each other of what they did. Never the truth: whoever hears nothing finds it in the journal.

export interface Channel {
  /** To every other node that listens; may come late, doubled or never. Nothing waits for it and nothing fails by it. */
  readonly send: (topic: string, text: string) => void
  /** Hears what other nodes send, never what is sent here. Answers how to stop. */
  readonly listen: (topic: string, listener: (text: string) => void) => () => void
  readonly close: () => Promise<void>
}

/** Told over all of them, heard from each: the same may come twice. */
export const joinChannels = (channels: readonly Channel[]): Channel | undefined => {
  const [first, ...others] = channels
  if (first === undefined || others.length === 0) return first
  return {
    send: (topic, text) => {
      for (const channel of channels) channel.send(topic, text)
    },
    listen: (topic, listener) => {
      const stops = channels.map((channel) => channel.listen(topic, listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
    close: async () => {
      await Promise.all(channels.map((channel) => channel.close()))
    },
  }
}

export interface Listeners {
  readonly add: (topic: string, listener: (text: string) => void) => () => void
  readonly tell: (topic: string, text: string) => void
  readonly topics: () => readonly string[]
}

/** Who listens to which topic, for those who carry messages. */
export const openListeners = (): Listeners => {
  const listeners = new Map<string, Set<(text: string) => void>>()
  return {
    add: (topic, listener) => {
      const entry = (text: string): void => listener(text)
      const found = listeners.get(topic) ?? new Set()
      listeners.set(topic, found.add(entry))
      return () => {
        found.delete(entry)
        if (found.size === 0 && listeners.get(topic) === found) listeners.delete(topic)
      }
    },
    tell: (topic, text) => {
      for (const listener of listeners.get(topic) ?? []) listener(text)
    },
    topics: () => [...listeners.keys()],
  }
}
