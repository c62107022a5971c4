/** Small messages between processes that may be lost: whoever needs the fact reads it from its store as well. */
export type Signals = {
  send(topic: string, message: object): void
  /** Returns the function that stops listening. */
  listen(topic: string, heard: (message: object) => void): () => void
  close(): Promise<void>
}

/** Signals inside one process. */
export function localSignals(): Signals {
  const listeners = new Map<string, Set<(message: object) => void>>()
  return {
    send: (topic, message) => {
      for (const heard of listeners.get(topic) ?? []) queueMicrotask(() => heard(message))
    },
    listen: (topic, heard) => {
      const here = listeners.get(topic) ?? new Set()
      listeners.set(topic, here.add(heard))
      return () => here.delete(heard)
    },
    close: async () => listeners.clear(),
  }
}
