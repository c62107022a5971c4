import { mail as en } from '@repitbot/contracts/texts/en/demo'
import { mail as ru } from '@repitbot/contracts/texts/ru/demo'
import type { Request, Response, Router } from 'express'
import { readLetter } from './read-letter.ts'

export type StoredLetter = { number: number; to: string; at: Date; raw: string }

/** A letter is HTML that we do not trust, so it is shown in a frame without scripts and without access to the network. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884}
iframe{width:100%;height:28rem;border:1px solid #8884;border-radius:8px;background:#fff}pre{white-space:pre-wrap;overflow-wrap:anywhere}`

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign)

/** Pages with the letters of a demo, newest first, and with each letter as its reader would see it; the pages need no script. */
export const mailPages =
  (letters: readonly StoredLetter[]) =>
  (router: Router): void => {
    const find = (request: Request) => letters.find(({ number }) => String(number) === request.params.number)
    router.get('/demo/mail', (request, response) => {
      const words = wordsFor(request)
      const rows = letters.map(
        ({ number, to, at, raw }) =>
          `<tr><td><a href="/demo/mail/${number}">${escapeHtml(readLetter(raw).subject)}</a></td><td>${escapeHtml(to)}</td><td>${timeText(at)}</td></tr>`,
      )
      const table = rows.length
        ? `<table><tr><th>${words.subject}</th><th>${words.to}</th><th>${words.at}</th></tr>${rows.join('')}</table>`
        : `<p>${words.none}</p>`
      sendPage(response, words.title, `<p>${words.explained}</p>${table}`)
    })
    router.get('/demo/mail/:number', (request, response, next) => {
      const found = find(request)
      if (!found) return next()
      const words = wordsFor(request)
      const { subject, from, text } = readLetter(found.raw)
      const head = `<p><a href="/demo/mail">${words.title}</a></p><p>${words.from}: ${escapeHtml(from)}<br>${words.to}: ${escapeHtml(found.to)}<br>${words.at}: ${timeText(found.at)}</p>`
      const frame = `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="${escapeHtml(subject)}" src="/demo/mail/${found.number}/html"></iframe>`
      sendPage(response, subject, `${head}${frame}<h2>${words.plain}</h2><pre>${escapeHtml(text)}</pre>`)
    })
    router.get('/demo/mail/:number/html', (request, response, next) => {
      const found = find(request)
      if (!found) return next()
      // Links open in a new tab, because the frame may not navigate.
      const html = readLetter(found.raw).html.replace('<head>', '<head><base target="_blank">')
      setSecurityHeaders(
        response,
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      )
      response.type('html').send(html)
    })
  }

const wordsFor = (request: Request) => (request.acceptsLanguages('ru', 'en') === 'en' ? en : ru)
const timeText = (at: Date) => escapeHtml(at.toISOString().slice(0, 19).replace('T', ' '))

function sendPage(response: Response, title: string, body: string) {
  setSecurityHeaders(response, policy)
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style>`
  response.type('html').send(`<!doctype html><html><head>${head}</head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`)
}

function setSecurityHeaders(response: Response, contentPolicy: string) {
  response.set({
    'content-security-policy': contentPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
}
