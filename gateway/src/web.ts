import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pages } from '@repitbot/contracts/pages'
import { Failure } from '@repitbot/kit/failure'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import { routes } from './routes.ts'

/** The addresses that are answered with the web app; any other unknown address stays a 404. */
const addresses = Object.values(pages).map(({ path }) => path)
/** The first words of addresses that programs call; everything else is a page, or was meant to be one. */
const notPages = new Set([...routes.map(({ path }) => path.split('/')[1]), 'docs', 'assets', 'demo', 'health', 'metrics'])
/** Files by which browsers install the app. They are revalidated each time: cached, they would hide a new version. */
const installFiles = ['/sw.js', '/manifest.webmanifest', '/icons/:icon']
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
/** The service worker may fetch from this origin, and nothing else. */
const workerPolicy = "default-src 'none'; connect-src 'self'"

/** Serves the built web app from `folder`: assets may be cached for ever, since their names hold a hash; the page itself is never cached. */
export function web(folder: string): (router: Router) => void {
  return (router) => {
    const file = join(folder, 'index.html')
    if (!existsSync(file)) return
    const page = readFileSync(file, 'utf8')
    const assets = join(folder, 'assets')
    router.use('/assets', setSecurityHeaders, preferCompressed(assets))
    router.use('/assets', express.static(assets, { immutable: true, maxAge: '1y', index: false, redirect: false }))
    // While one version replaces another, a pod may be asked for a file of the other: its 404 must not be kept.
    router.use('/assets', (_request, _response, next) => next(new Failure('not_found')))
    router.get(installFiles, setSecurityHeaders, (request, response, next) => {
      response.set('content-security-policy', workerPolicy)
      response.sendFile(request.path, { root: folder, cacheControl: false, headers: { 'cache-control': 'no-cache' } }, (error) => {
        if (error) next()
      })
    })
    const sendPage = (_request: Request, response: Response) => {
      const nonce = randomBytes(16).toString('base64url')
      response.set({ 'content-security-policy': policy(nonce), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      response.type('html').send(page.replace('__NONCE__', nonce))
    }
    router.get(addresses, setSecurityHeaders, sendPage)
    // A person who opens an unknown address sees the page's own words for it; programs get a problem.
    router.get('/{*address}', setSecurityHeaders, (request, response, next) => {
      const isPage = !notPages.has(request.path.split('/')[1] ?? '') && request.headers.accept?.includes('text/html')
      return isPage ? sendPage(request, response.status(404)) : next()
    })
  }
}

/** The build leaves a compressed file beside each text file; a browser that accepts its encoding gets it. */
const preferCompressed = (assets: string) => (request: Request, response: Response, next: NextFunction) => {
  const encoding = ['br', 'gzip'].find((one) => request.acceptsEncodings(one))
  const ending = encoding === 'gzip' ? '.gz' : '.br'
  response.vary('accept-encoding')
  if (!encoding || !/^\/[\w.-]+\.(js|css|svg)$/.test(request.path) || !existsSync(join(assets, request.path + ending))) return next()
  response.type(request.path.slice(request.path.lastIndexOf('.'))).set('content-encoding', encoding)
  request.url = request.path + ending
  next()
}

function setSecurityHeaders(_request: Request, response: Response, next: NextFunction) {
  response.set('x-content-type-options', 'nosniff')
  next()
}
