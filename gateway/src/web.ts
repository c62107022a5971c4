import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pages } from '@repitbot/contracts/pages'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'

/** The addresses that are answered with the web app; any other unknown address stays a 404. */
const addresses = Object.values(pages).map(({ path }) => path)
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
    router.get(installFiles, setSecurityHeaders, (request, response, next) => {
      response.set('content-security-policy', workerPolicy)
      response.sendFile(request.path, { root: folder, cacheControl: false, headers: { 'cache-control': 'no-cache' } }, (error) => {
        if (error) next()
      })
    })
    router.get(addresses, setSecurityHeaders, (_request, response) => {
      const nonce = randomBytes(16).toString('base64url')
      response.set({ 'content-security-policy': policy(nonce), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      response.type('html').send(page.replace('__NONCE__', nonce))
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

function setSecurityHeaders(request: Request, response: Response, next: NextFunction) {
  response.set('x-content-type-options', 'nosniff')
  if (request.secure) response.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  next()
}
