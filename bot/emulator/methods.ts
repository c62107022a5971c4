import { z } from 'zod'
import { type Chat, type Chats, type Markup, toApiMessage } from './chats.ts'
import { readHtml, readPlain } from './html.ts'
import { refuse } from './refusal.ts'
import type { Updates } from './updates.ts'

const textMax = 4096
const callbackBytesMax = 64
const markupBytesMax = 10_000
const buttonsMax = 100
const rowMax = 8
const messageEveryMs = 1000

const number = z.coerce.number().int()
/** Forms and queries carry nested values as JSON text; JSON bodies carry them as they are. */
const nested = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (typeof value === 'string' ? JSON.parse(value) : value), schema)
const Keyboard = z.object({
  inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional(), url: z.string().optional() }))),
})
const Content = z.object({
  chat_id: number,
  text: z.string().default(''),
  parse_mode: z.string().optional(),
  reply_markup: nested(Keyboard).optional(),
})
const Edited = Content.extend({ message_id: number })
const Poll = z.object({ offset: number.default(0), limit: number.min(1).max(100).default(100), timeout: number.min(0).max(50).default(0) })
const Hook = z.object({
  url: z.string().default(''),
  secret_token: z.string().optional(),
  drop_pending_updates: z.union([z.boolean(), z.stringbool()]).default(false),
})
const Commands = z.object({
  commands: nested(z.array(z.object({ command: z.string().regex(/^[a-z0-9_]{1,32}$/), description: z.string().min(1).max(256) })).max(100)),
})
const Scope = z.object({
  scope: nested(
    z.discriminatedUnion('type', [z.object({ type: z.literal('default') }), z.object({ type: z.literal('chat'), chat_id: number })]),
  ).default({ type: 'default' }),
  language_code: z.string().default(''),
})

export type MethodDeps = { chats: Chats; updates: Updates; now: () => number; botName: string }

/** The methods of the Bot API that our bot and our sender use, refusing what Telegram refuses. */
export const methodsOf = ({ chats, updates, now, botName }: MethodDeps): Record<string, (request: unknown) => unknown> => {
  const reachable = (id: number): Chat => {
    const chat = chats.find(id)
    if (!chat?.started) return refuse(400, 'Bad Request: chat not found')
    if (chat.blocked) return refuse(403, 'Forbidden: bot was blocked by the user')
    return chat
  }
  const messageOf = (chat: Chat, id: number) =>
    chat.messages.find((one) => one.id === id && one.from === 'bot') ?? refuse(400, 'Bad Request: message to edit not found')
  return {
    getme: () => ({ id: 1, is_bot: true, first_name: botName, username: botName, can_join_groups: false }),
    getupdates: (request) => {
      const { offset, limit, timeout } = Poll.parse(request)
      return updates.poll({ offset, limit, timeoutSeconds: timeout })
    },
    setwebhook: (request) => {
      const { url, secret_token: secret, drop_pending_updates: drop } = Hook.parse(request)
      updates.setWebhook(url ? { url, secret } : undefined, drop)
      return true
    },
    deletewebhook: (request) => {
      updates.setWebhook(undefined, Hook.parse(request).drop_pending_updates)
      return true
    },
    getwebhookinfo: () => ({ url: updates.webhook()?.url ?? '', has_custom_certificate: false, pending_update_count: updates.count() }),
    setmycommands: (request) => {
      const { scope, language_code: language } = Scope.parse(request)
      const parsed = Commands.safeParse(request)
      if (!parsed.success) return refuse(400, 'Bad Request: BOT_COMMAND_INVALID')
      if (scope.type === 'chat') reachable(scope.chat_id)
      chats.setCommands(scope.type === 'chat' ? `chat ${scope.chat_id}` : language, parsed.data.commands)
      return true
    },
    sendmessage: (request) => {
      const content = Content.parse(request)
      const chat = reachable(content.chat_id)
      const message = readContent(content)
      pace(chat, now())
      return toApiMessage(chat, chats.keep(chat, { from: 'bot', ...message }))
    },
    editmessagetext: (request) => {
      const edited = Edited.parse(request)
      const chat = reachable(edited.chat_id)
      const message = messageOf(chat, edited.message_id)
      const { text, safe, markup } = readContent(edited)
      if (message.safe === safe && JSON.stringify(message.markup) === JSON.stringify(markup))
        refuse(
          400,
          'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
        )
      Object.assign(message, { text, safe, markup })
      return toApiMessage(chat, message)
    },
    deletemessage: (request) => {
      const { chat_id: id, message_id: messageId } = z.object({ chat_id: number, message_id: number }).parse(request)
      const chat = reachable(id)
      const at = chat.messages.findIndex((one) => one.id === messageId)
      if (at < 0) refuse(400, 'Bad Request: message to delete not found')
      chat.messages.splice(at, 1)
      return true
    },
    answercallbackquery: (request) => {
      const { callback_query_id: id, text } = z
        .object({ callback_query_id: z.string(), text: z.string().max(200).optional() })
        .parse(request)
      return chats.answer(id, text) || refuse(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid')
    },
  }
}

function readContent({ text, parse_mode: mode, reply_markup: markup }: z.output<typeof Content>) {
  if (mode !== undefined && mode.toUpperCase() !== 'HTML') refuse(400, 'Bad Request: unsupported parse_mode')
  const read = mode === undefined ? readPlain(text) : readHtml(text)
  if ('fault' in read) return refuse(400, `Bad Request: can't parse entities: ${read.fault}`)
  if (read.plain.trim() === '') refuse(400, 'Bad Request: message text is empty')
  if ([...read.plain].length > textMax) refuse(400, 'Bad Request: message is too long')
  checkButtons(markup)
  return { text: read.plain, safe: read.safe, markup }
}

function checkButtons(markup: Markup | undefined) {
  const rows = markup?.inline_keyboard ?? []
  const tooLong = rows.flat().length > buttonsMax || rows.some((row) => row.length > rowMax)
  if (tooLong || Buffer.byteLength(JSON.stringify(rows)) > markupBytesMax) refuse(400, 'Bad Request: reply markup is too long')
  for (const { text, callback_data: data, url } of markup?.inline_keyboard.flat() ?? []) {
    if (text === '') refuse(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if (data === undefined && url === undefined)
      refuse(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if (data !== undefined && (data === '' || Buffer.byteLength(data) > callbackBytesMax)) refuse(400, 'Bad Request: BUTTON_DATA_INVALID')
    if (url !== undefined && !isAddress(url)) refuse(400, `Bad Request: inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
  }
}

/** A web address whose host has a dot; tg:// opens something in Telegram itself. */
const isAddress = (url: string): boolean =>
  /^(https?|tg):\/\/\S+$/i.test(url) && URL.canParse(url) && (url.startsWith('tg:') || /[^.]\.[^.]/.test(new URL(url).hostname))

/** One message a second to a chat; a refused one does not count. */
function pace(chat: Chat, at: number) {
  const left = chat.lastSentAt === undefined ? 0 : chat.lastSentAt + messageEveryMs - at
  if (left > 0) refuse(429, `Too Many Requests: retry after ${Math.ceil(left / 1000)}`, Math.ceil(left / 1000))
  chat.lastSentAt = at
}
