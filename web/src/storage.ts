/** A browser that blocks storage throws at the first touch of it: the page then works for the visit, from memory. */
function openStorage(open: () => Storage) {
  const memory = new Map<string, string>()
  const names = () => {
    try {
      return Object.keys(open())
    } catch {
      return []
    }
  }
  return {
    get(key: string): string | undefined {
      try {
        return memory.get(key) ?? open().getItem(key) ?? undefined
      } catch {
        return undefined
      }
    },
    /** No value removes the key. */
    set(key: string, value: string | undefined): void {
      memory.delete(key)
      try {
        if (value === undefined) open().removeItem(key)
        else open().setItem(key, value)
      } catch {
        if (value !== undefined) memory.set(key, value)
      }
    },
    keys: (): string[] => [...memory.keys(), ...names()],
  }
}

/** What stays in this browser. */
export const browserStorage = openStorage(() => localStorage)
/** What stays in this tab until it is closed. */
export const tabStorage = openStorage(() => sessionStorage)
