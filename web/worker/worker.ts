/**
 * The page's service worker. It keeps the files of its build, so that the page opens without a network, and the last answers of the
 * reads that are worth something then. Those are kept only while the page has its store open: it opens it at sign-in and deletes it at
 * sign-out, so that an answer which comes late finds nothing to be written into.
 */
const worker = self as unknown as ServiceWorkerGlobalScope

/** Both are filled in by the build. */
const shell = `repitbot-shell-${'__BUILD__'}`
const assets = '__ASSETS__' as unknown as string[]
/** Shared with the page: web/src/kept.ts. */
const kept = 'repitbot-kept'
const keptMax = 80
const worthKeeping = /^\/(auth\/me|api\/v1\/(lessons|family\/lessons|series|students|people|inbox|school|lesson-policy)(\/.*)?)$/
/** A page is not waited for longer than this when the network neither answers nor fails. */
const pageMsMax = 4_000

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll([...assets, '/'])))
})
worker.addEventListener('activate', (event) => {
  event.waitUntil(cleared())
})
/** A new worker waits until the person agrees; only then the page says so. */
worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting()
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate') return event.respondWith(page(request))
  if (url.pathname.startsWith('/assets/')) return event.respondWith(asset(request))
  if (worthKeeping.test(url.pathname) && !url.pathname.endsWith('/stream')) event.respondWith(read(event))
})

async function cleared() {
  const old = (await caches.keys()).filter((name) => name.startsWith('repitbot-shell-') && name !== shell)
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(pageMsMax) })
  } catch {
    return (await caches.match('/', { cacheName: shell })) ?? Response.error()
  }
}

/** The name of an asset changes with what it holds, so a kept one is never old. */
const asset = async (request: Request): Promise<Response> =>
  (await caches.match(request, { cacheName: shell, ignoreVary: true })) ?? fetch(request)

async function read(event: FetchEvent): Promise<Response> {
  const { url } = event.request
  try {
    const response = await fetch(event.request)
    if (response.ok && (await caches.has(kept))) event.waitUntil(keep(url, response.clone()))
    return response
  } catch (lost) {
    const found = (await caches.has(kept)) && (await caches.match(url, { cacheName: kept, ignoreVary: true }))
    if (found) return found
    throw lost
  }
}

/** A stored answer is marked with its time, so that the page can say that it may be old; the oldest are deleted first. */
async function keep(url: string, response: Response) {
  const headers = new Headers(response.headers)
  headers.set('x-kept-at', new Date().toISOString())
  const body = await response.blob()
  if (!(await caches.has(kept))) return
  const cache = await caches.open(kept)
  await cache.put(url, new Response(body, { status: response.status, headers }))
  const all = await cache.keys()
  await Promise.all(all.slice(0, Math.max(0, all.length - keptMax)).map((oldest) => cache.delete(oldest)))
}
