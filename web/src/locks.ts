/**
 * Does the work while no other tab of this browser does work of that name. Over plain http, and where storage is blocked, a browser has no
 * locks: the work is then done at once. `signal` ends the waiting, not the work.
 */
export async function inTurn<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  let begun = false
  const once = () => {
    begun = true
    return work()
  }
  try {
    return navigator.locks ? await navigator.locks.request(name, { signal }, once) : await once()
  } catch (error) {
    if (begun || signal?.aborted) throw error
    return once()
  }
}
