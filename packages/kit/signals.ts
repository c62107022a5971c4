/** Small messages between processes that may be lost: a process that needs the fact also reads it from its store. */
export type Signals = {
  send(topic: string, message: object): void
  /** Returns the function that stops listening. */
  listen(topic: string, listener: (message: object) => void): () => void
  close(): Promise<void>
}

/** Signals inside one process. */
export function localSignals(): Signals {
  const listeners = new Map<string, Set<(message: object) => void>>()
  return {
    send: (topic, message) => {
      for (const listener of listeners.get(topic) ?? []) queueMicrotask(() => listener(message))
    },
    listen: (topic, listener) => {
      const ofTopic = listeners.get(topic) ?? new Set()
      listeners.set(topic, ofTopic.add(listener))
      return () => ofTopic.delete(listener)
    },
    close: async () => listeners.clear(),
  }
}
