import { createStore } from './store.ts'

/** A newer version of the page that waits until the person accepts it. */
export const newer = createStore<ServiceWorker | undefined>(undefined)
const againMs = 60 * 60_000

/** The worker makes the page open offline; a newer one is looked for when the page is come back to, at most once an hour. */
export async function followUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  // After the first page is there: the worker fetches all others.
  if (document.readyState !== 'complete') await new Promise((loaded) => addEventListener('load', loaded, { once: true }))
  const registration = await navigator.serviceWorker.register('/sw.js')
  const offer = () => navigator.serviceWorker.controller && newer.set(registration.waiting ?? undefined)
  offer()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer))
  let lookedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - lookedAt < againMs) return
    lookedAt = Date.now()
    void registration.update().catch(() => {})
  })
}

/**
 * A file of this build that the server no longer has: it serves a newer build, which a reload brings. Once: a page that was just reloaded
 * shows what went wrong instead. Not without a connection, where a reload might lose the page.
 */
export function reloadForMissingFile(): void {
  addEventListener('vite:preloadError', () => {
    // Noted in the history, which a reload keeps, and which is there where storage is blocked.
    if (history.state?.reloaded) return
    history.replaceState({ ...history.state, reloaded: true }, '')
    const reload = ({ ok }: Response) => ok && location.reload()
    void fetch('/', { cache: 'no-store' }).then(reload, () => {})
  })
}

/** The new worker takes over, and the page is opened anew as the new one. */
export function takeUpdate(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage('take-over')
}
