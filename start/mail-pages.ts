import { mail as en } from '@repitbot/contracts/texts/en/demo'
import { mail as ru } from '@repitbot/contracts/texts/ru/demo'
import type { Request, Response, Router } from 'express'
import { readLetter } from './read-letter.ts'

export type Kept = { number: number; to: string; at: Date; raw: string }

/** Letters are other people's HTML: shown apart, in a frame that runs nothing and reaches nothing. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884}
iframe{width:100%;height:28rem;border:1px solid #8884;border-radius:8px;background:#fff}pre{white-space:pre-wrap;overflow-wrap:anywhere}`

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign)

/** The letters of a demo, the newest first, and each as it would be read; the pages need no script. */
export const mailPages =
  (kept: readonly Kept[]) =>
  (router: Router): void => {
    const find = (request: Request) => kept.find(({ number }) => String(number) === request.params.number)
    router.get('/demo/mail', (request, response) => {
      const words = wordsFor(request)
      const rows = kept.map(
        ({ number, to, at, raw }) =>
          `<tr><td><a href="/demo/mail/${number}">${escaped(readLetter(raw).subject)}</a></td><td>${escaped(to)}</td><td>${shownAt(at)}</td></tr>`,
      )
      const table = rows.length
        ? `<table><tr><th>${words.subject}</th><th>${words.to}</th><th>${words.at}</th></tr>${rows.join('')}</table>`
        : `<p>${words.none}</p>`
      sent(response, words.title, `<p>${words.explained}</p>${table}`)
    })
    router.get('/demo/mail/:number', (request, response, next) => {
      const found = find(request)
      if (!found) return next()
      const words = wordsFor(request)
      const { subject, from, text } = readLetter(found.raw)
      const head = `<p><a href="/demo/mail">${words.title}</a></p><p>${words.from}: ${escaped(from)}<br>${words.to}: ${escaped(found.to)}<br>${words.at}: ${shownAt(found.at)}</p>`
      const frame = `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="${escaped(subject)}" src="/demo/mail/${found.number}/html"></iframe>`
      sent(response, subject, `${head}${frame}<h2>${words.plain}</h2><pre>${escaped(text)}</pre>`)
    })
    router.get('/demo/mail/:number/html', (request, response, next) => {
      const found = find(request)
      if (!found) return next()
      // Its links open beside the page: the frame itself goes nowhere.
      const html = readLetter(found.raw).html.replace('<head>', '<head><base target="_blank">')
      guarded(
        response,
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      )
      response.type('html').send(html)
    })
  }

const wordsFor = (request: Request) => (request.acceptsLanguages('ru', 'en') === 'en' ? en : ru)
const shownAt = (at: Date) => escaped(at.toISOString().slice(0, 19).replace('T', ' '))

function sent(response: Response, title: string, body: string) {
  guarded(response, policy)
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style>`
  response.type('html').send(`<!doctype html><html><head>${head}</head><body><h1>${escaped(title)}</h1>${body}</body></html>`)
}

function guarded(response: Response, contentPolicy: string) {
  response.set({
    'content-security-policy': contentPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
}
