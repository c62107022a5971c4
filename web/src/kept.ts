import { createStore } from './store.ts'

/** The worker's store of answers, by the name that web/worker/worker.ts knows: open while somebody is signed in, and deleted when they sign out. */
const kept = 'repitbot-kept'

export async function openKept(): Promise<void> {
  await forgetKept()
  if ('caches' in globalThis) await caches.open(kept).catch(() => {})
}
/** Where storage is blocked, or over plain http, there is nothing to open or delete. */
export async function forgetKept(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(kept).catch(() => {})
}

/** Whether the last request reached the server. The browser's own `onLine` only means that there is some network. */
export const connected = createStore(true)

/** Notes whether an answer came from the server or from what the worker kept, or not at all. */
export async function noteConnection(answer: Promise<Response>): Promise<Response> {
  try {
    const response = await answer
    connected.set(!response.headers.has('x-kept-at'))
    return response
  } catch (lost) {
    if (!(lost instanceof DOMException && lost.name === 'AbortError')) connected.set(false)
    throw lost
  }
}
