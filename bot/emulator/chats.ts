import { escaped } from './html.ts'
import type { Updates } from './updates.ts'

export type Person = { id: number; firstName: string; languageCode: string }
export type Button = { text: string; callback_data?: string; url?: string }
export type Markup = { inline_keyboard: Button[][] }
export type Message = { id: number; from: 'bot' | 'person'; text: string; safe: string; markup?: Markup; at: number }
export type Command = { command: string; description: string }
export type Chat = {
  person: Person
  messages: Message[]
  /** A bot cannot write to a person who never wrote to it. */
  started: boolean
  blocked: boolean
  lastSentAt?: number
  /** The bot's answer to the last tap. */
  toast?: string
}
export type Chats = ReturnType<typeof openChats>

/** The private chats of people with one bot, and what people do in them; kept in memory only. */
export function openChats(people: Person[], updates: Updates, now: () => number) {
  const chats = new Map<number, Chat>(people.map((person) => [person.id, { person, messages: [], started: false, blocked: false }]))
  const openQueries = new Map<string, number>()
  const commands = new Map<string, Command[]>()
  let lastMessageId = 0
  let lastQueryId = 0
  const chatOf = (id: number): Chat => {
    const chat = chats.get(id)
    if (!chat) throw new RangeError(`there is no person ${id}`)
    return chat
  }
  const keep = (chat: Chat, message: Pick<Message, 'from' | 'text' | 'safe' | 'markup'>): Message => {
    const kept = { ...message, id: ++lastMessageId, at: now() }
    chat.messages.push(kept)
    return kept
  }
  const block = (id: number, blocked: boolean) => {
    const chat = chatOf(id)
    if (chat.blocked === blocked) return
    chat.blocked = blocked
    const status = (kicked: boolean) => ({ status: kicked ? 'kicked' : 'member', user: { id: 0, is_bot: true, first_name: 'bot' } })
    const from = toApiUser(chat.person)
    const change = { old_chat_member: status(!blocked), new_chat_member: status(blocked) }
    updates.add({ my_chat_member: { chat: toApiChat(chat.person), from, date: seconds(now()), ...change } })
  }
  return {
    all: () => [...chats.values()],
    find: (id: number) => chats.get(id),
    keep,
    /** The person writes; a command is marked as one, as Telegram's own programs do. */
    write: (id: number, text: string) => {
      block(id, false)
      const chat = chatOf(id)
      chat.started = true
      const message = keep(chat, { from: 'person', text, safe: escaped(text) })
      const command = /^\/[a-z0-9_]+/i.exec(text)?.[0]
      const entities = command && { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }
      updates.add({ message: { ...toApiMessage(chat, message), from: toApiUser(chat.person), ...entities } })
    },
    /** The person taps a button, also one that the bot has removed since, as a slow phone may do. */
    tap: (id: number, messageId: number, data: string) => {
      const chat = chatOf(id)
      const message = chat.messages.find((one) => one.id === messageId && one.from === 'bot')
      if (!message) throw new RangeError(`there is no message ${messageId} with buttons`)
      const queryId = String(++lastQueryId)
      openQueries.set(queryId, id)
      chat.toast = undefined
      const query = { id: queryId, from: toApiUser(chat.person), chat_instance: String(id), data, message: toApiMessage(chat, message) }
      updates.add({ callback_query: query })
    },
    block,
    /** The commands of one chat go before those of a language, and these before those of all. */
    setCommands: (scope: string, list: Command[]) => void commands.set(scope, list),
    commandsOf: ({ person: { id, languageCode } }: Chat): Command[] =>
      commands.get(`chat ${id}`) ?? commands.get(languageCode) ?? commands.get('') ?? [],
    /** Taps without an answer: on each the person's phone still shows that it waits. */
    unanswered: () => openQueries.size,
    /** A tap is answered once. */
    answer: (queryId: string, text: string | undefined): boolean => {
      const chat = chats.get(openQueries.get(queryId) ?? 0)
      if (!chat || !openQueries.delete(queryId)) return false
      chat.toast = text
      return true
    },
  }
}

const seconds = (ms: number) => Math.floor(ms / 1000)
const toApiUser = ({ id, firstName, languageCode }: Person) => ({ id, is_bot: false, first_name: firstName, language_code: languageCode })
const toApiChat = ({ id, firstName }: Person) => ({ id, type: 'private', first_name: firstName })

/** A message as the Bot API returns it. */
export const toApiMessage = ({ person }: Chat, { id, text, markup, at }: Message) => ({
  message_id: id,
  date: seconds(at),
  chat: toApiChat(person),
  text,
  ...(markup && { reply_markup: markup }),
})
