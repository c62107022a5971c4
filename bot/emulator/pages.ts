import { setTimeout as wait } from 'node:timers/promises'
import { emulator as en } from '@repitbot/contracts/texts/en/demo'
import { emulator as ru } from '@repitbot/contracts/texts/ru/demo'
import express, { type Response, Router } from 'express'
import { z } from 'zod'
import type { Button, Chat, Chats, Message } from './chats.ts'
import { escaped } from './html.ts'
import { script, style } from './page-files.ts'
import { refuse } from './refusal.ts'

export const base = '/demo/telegram'
/** How long a page without a script waits to show what the bot does next. */
const answerMsMax = 1500
const pollMs = 50
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

type Words = typeof ru
const wordsOf = (language: string): Words => (language.startsWith('ru') ? ru : en)

/** Every person's chat as a plain page: text to send, buttons to tap, the bot to block. A small script brings what is new; without it the page is reloaded. */
export function pages(chats: Chats): Router {
  const router = Router()
  const chatOf = (id: unknown): Chat => chats.find(Number(id)) ?? refuse(404, 'Not Found')
  router.use((request, response, next) => {
    // A form of another site must not write in the name of these people.
    if (request.method === 'POST' && request.get('sec-fetch-site') === 'cross-site') refuse(403, 'Forbidden')
    response.set({ 'content-security-policy': policy, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    next()
  })
  router.get('/style.css', (_request, response) => void response.type('css').send(style))
  router.get('/chat.js', (_request, response) => void response.type('js').send(script))
  router.get('/', (request, response) => {
    const words = wordsOf(request.acceptsLanguages('ru', 'en') || 'ru')
    const rows = chats.all().map(({ person }) => `<li><a href="${base}/${person.id}">${escaped(person.firstName)}</a></li>`)
    page(response, words, `<h1>${words.title}</h1><p>${words.explained}</p><ul class="people">${rows.join('')}</ul>`)
  })
  // The target of a deep link: the person who opens it sends /start with the argument of the link.
  router.get('/open', (request, response) => {
    const words = wordsOf(request.acceptsLanguages('ru', 'en') || 'ru')
    const { start } = z
      .object({
        start: z
          .string()
          .regex(/^[\w-]{0,64}$/)
          .default(''),
      })
      .parse(request.query)
    const hidden = `<input type="hidden" name="text" value="/start ${escaped(start)}">`
    const rows = chats
      .all()
      .map(
        ({ person }) =>
          `<form method="post" action="${base}/${person.id}/say">${hidden}<button>${escaped(person.firstName)}</button></form>`,
      )
    page(response, words, `<h1>${words.whoOpens}</h1><div class="people">${rows.join('')}</div>`)
  })
  router.get('/:personId', (request, response) => {
    const chat = chatOf(request.params.personId)
    page(response, wordsOf(chat.person.languageCode), chatPage(chat, chats), `${base}/chat.js`)
  })
  router.get('/:personId/news', async (request, response) => {
    const chat = chatOf(request.params.personId)
    response.set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' }).flushHeaders()
    for (let before = ''; !response.destroyed && !response.writableEnded; await wait(pollMs)) {
      const now = stateOf(chat)
      if (now !== before) response.write('data: news\n\n')
      before = now
    }
  })
  router.use(express.urlencoded({ extended: false }))
  const act = (path: string, what: (chat: Chat, body: unknown) => void) =>
    router.post(`/:personId/${path}`, async (request, response) => {
      const chat = chatOf(request.params.personId)
      what(chat, request.body)
      if ('stay' in request.query) return void response.status(204).end()
      await waitForChange(chat)
      response.redirect(303, `${base}/${chat.person.id}`)
    })
  act('say', ({ person }, body) => chats.write(person.id, z.object({ text: z.string().trim().min(1).max(4096) }).parse(body).text))
  act('press', ({ person }, body) => {
    const { messageId, data } = z.object({ messageId: z.coerce.number().int(), data: z.string() }).parse(body)
    chats.tap(person.id, messageId, data)
  })
  act('block', ({ person, blocked }) => chats.block(person.id, !blocked))
  return router
}

const stateOf = (chat: Chat) => JSON.stringify([chat.messages, chat.toast, chat.blocked])

async function waitForChange(chat: Chat) {
  const before = stateOf(chat)
  const end = performance.now() + answerMsMax
  while (stateOf(chat) === before && performance.now() < end) await wait(pollMs)
}

function page(response: Response, words: Words, body: string, code?: string) {
  const language = words === ru ? 'ru' : 'en'
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title>`
  const styled = `${head}<link rel="stylesheet" href="${base}/style.css">${code ? `<script src="${code}" defer></script>` : ''}`
  response.type('html').send(`<!doctype html><html lang="${language}"><head>${styled}</head><body><main>${body}</main></body></html>`)
}

function chatPage(chat: Chat, chats: Chats): string {
  const { person, messages, blocked, toast, started } = chat
  const words = wordsOf(person.languageCode)
  const to = (action: string) => `method="post" action="${base}/${person.id}/${action}"`
  const messageList = messages.map((message) => messageHtml(message, to('press'))).join('')
  const field = `<label>${words.message} <input name="text" required maxlength="4096" autocomplete="off"></label>`
  const command = (text: string, label: string, title = '') =>
    `<form ${to('say')}><input type="hidden" name="text" value="${text}"><button title="${escaped(title)}">${label}</button></form>`
  const commands = chats.commandsOf(chat).map((one) => command(`/${one.command}`, `/${one.command}`, one.description))
  return [
    `<p><a href="${base}">${words.chats}</a></p><h1>${words.chatOf.replace('{{name}}', () => escaped(person.firstName))}</h1>`,
    `<section id="chat" aria-live="polite">${messageList}${toast === undefined ? '' : `<p role="status">${escaped(toast)}</p>`}</section>`,
    started ? `<nav id="commands">${commands.join('')}</nav>` : `<nav id="commands">${command('/start', words.start)}</nav>`,
    `<form class="say" ${to('say')}>${field} <button>${words.send}</button></form>`,
    `<form ${to('block')}><button id="block">${blocked ? words.unblock : words.block}</button></form>`,
    `<noscript><p><a href="${base}/${person.id}">${words.refresh}</a></p></noscript>`,
  ].join('')
}

function messageHtml({ id, from, safe, markup }: Message, form: string): string {
  const rows = (markup?.inline_keyboard ?? []).map((row) => `<div class="row">${row.map((one) => button(one, id, form)).join('')}</div>`)
  return `<div class="${from}">${safe}</div>${rows.join('')}`
}

function button({ text, callback_data: data, url }: Button, messageId: number, form: string): string {
  if (data === undefined) return /^https?:/.test(url ?? '') ? `<a href="${escaped(url ?? '')}">${escaped(text)}</a>` : ''
  const hidden = `<input type="hidden" name="messageId" value="${messageId}"><input type="hidden" name="data" value="${escaped(data)}">`
  return `<form ${form}>${hidden}<button>${escaped(text)}</button></form>`
}
