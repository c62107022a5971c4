import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Response, type Router } from 'express'

/** The addresses that a person may open or reload; anything else unknown stays a 404 and is not answered with a page. */
const pages = ['/', '/week', '/people', '/inbox', '/first-school', '/invite', '/reset']
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Serves the built page from `folder`: assets for ever, since their names change with them, and the page itself asked for anew each time. */
export function web(folder: string): (router: Router) => void {
  return (router) => {
    const file = join(folder, 'index.html')
    if (!existsSync(file)) return
    const page = readFileSync(file, 'utf8')
    router.use('/assets', (request, response, next) => {
      guarded(response, request.secure)
      next()
    })
    router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }))
    router.get(pages, (request, response) => {
      const nonce = randomBytes(16).toString('base64url')
      guarded(response, request.secure)
      response.set({ 'content-security-policy': policy(nonce), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      response.type('html').send(page.replace('__NONCE__', nonce))
    })
  }
}

function guarded(response: Response, secure: boolean) {
  response.set('x-content-type-options', 'nosniff')
  if (secure) response.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}
