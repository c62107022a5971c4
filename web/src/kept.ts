import { createStore } from './store.ts'

/** The worker's store of answers, by the name that web/worker/worker.ts knows: open while somebody is signed in, and gone with him. */
const kept = 'repitbot-kept'

export async function openKept(): Promise<void> {
  await forgetKept()
  if ('caches' in globalThis) await caches.open(kept)
}
export async function forgetKept(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(kept)
}

/** Whether the server was reached by the last call; a browser's own word on it is no more than that a cable is in. */
export const connected = createStore(true)

/** Notes whether an answer came from the server or from what the worker kept, or not at all. */
export async function noting(answer: Promise<Response>): Promise<Response> {
  try {
    const response = await answer
    connected.set(!response.headers.has('x-kept-at'))
    return response
  } catch (lost) {
    if (!(lost instanceof DOMException && lost.name === 'AbortError')) connected.set(false)
    throw lost
  }
}
