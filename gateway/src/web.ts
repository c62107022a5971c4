import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pages } from '@repitbot/contracts/pages'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'

/** The addresses that a person may open or reload; anything else unknown stays a 404 and is not answered with a page. */
const addresses = Object.values(pages).map(({ path }) => path)
/** What the page is installed by: asked for anew each time, or a new one would not be seen. */
const ofTheApp = ['/sw.js', '/manifest.webmanifest', '/icons/:icon']
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
/** The worker fetches what the page asks for, and nothing else. */
const workerPolicy = "default-src 'none'; connect-src 'self'"

/** Serves the built page from `folder`: assets for ever, since their names change with them, and the page itself asked for anew each time. */
export function web(folder: string): (router: Router) => void {
  return (router) => {
    const file = join(folder, 'index.html')
    if (!existsSync(file)) return
    const page = readFileSync(file, 'utf8')
    const assets = join(folder, 'assets')
    router.use('/assets', guarded, smaller(assets))
    router.use('/assets', express.static(assets, { immutable: true, maxAge: '1y', index: false, redirect: false }))
    router.get(ofTheApp, guarded, (request, response, next) => {
      response.set('content-security-policy', workerPolicy)
      response.sendFile(request.path, { root: folder, cacheControl: false, headers: { 'cache-control': 'no-cache' } }, (error) => {
        if (error) next()
      })
    })
    router.get(addresses, guarded, (_request, response) => {
      const nonce = randomBytes(16).toString('base64url')
      response.set({ 'content-security-policy': policy(nonce), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      response.type('html').send(page.replace('__NONCE__', nonce))
    })
  }
}

/** The build has left each text compressed beside itself; a browser that takes one gets that. */
const smaller = (assets: string) => (request: Request, response: Response, next: NextFunction) => {
  const encoding = ['br', 'gzip'].find((one) => request.acceptsEncodings(one))
  const ending = encoding === 'gzip' ? '.gz' : '.br'
  response.vary('accept-encoding')
  if (!encoding || !/^\/[\w.-]+\.(js|css|svg)$/.test(request.path) || !existsSync(join(assets, request.path + ending))) return next()
  response.type(request.path.slice(request.path.lastIndexOf('.'))).set('content-encoding', encoding)
  request.url = request.path + ending
  next()
}

function guarded(request: Request, response: Response, next: NextFunction) {
  response.set('x-content-type-options', 'nosniff')
  if (request.secure) response.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  next()
}
