import { useSyncExternalStore } from 'react'

export type Store<T> = { get(): T; set(value: T): void; subscribe(hear: () => void): () => void }

/** One value outside of React that components follow. */
export function createStore<T>(first: T): Store<T> {
  let value = first
  const hearers = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const hear of hearers) hear()
    },
    subscribe(hear) {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
  }
}
export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get)
