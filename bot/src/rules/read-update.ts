import { z } from 'zod'

const User = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().default(''),
  language_code: z.string().optional(),
})
const Chat = z.object({ id: z.int(), type: z.string() })
const Message = z.object({
  message_id: z.int(),
  chat: Chat,
  from: User.optional(),
  text: z.string().optional(),
  reply_to_message: z.object({ from: z.object({ username: z.string().optional() }).optional() }).optional(),
})
const Update = z.object({
  message: Message.optional(),
  callback_query: z
    .object({ id: z.string(), from: User, data: z.string().optional(), message: z.object({ message_id: z.int(), chat: Chat }).optional() })
    .optional(),
  my_chat_member: z.object({ chat: Chat, from: User, new_chat_member: z.object({ status: z.string() }) }).optional(),
})

export type Writer = { id: number; firstName: string; languageCode: string | undefined }
/** What a person did, when it is something that the bot answers. */
export type ParsedUpdate = { chatId: number; writer: Writer } & (
  | { kind: 'command'; command: string; argument: string }
  | { kind: 'text'; text: string }
  /** A picture, a sticker or a voice message, which the bot does not read. */
  | { kind: 'other' }
  | { kind: 'tap'; queryId: string; messageId: number; data: string }
  | { kind: 'reach'; blocked: boolean }
  /** The bot was addressed in a group, where it shows nothing of anybody. */
  | { kind: 'group' }
)

/** The chat an update belongs to, within which updates keep their order; 0 for those the bot does not know. */
export function chatOf(update: unknown): number {
  const { data } = Update.safeParse(update)
  return (data?.message?.chat ?? data?.callback_query?.message?.chat ?? data?.my_chat_member?.chat)?.id ?? 0
}

/** Undefined for updates that the bot does not answer: of other bots, of channels, of groups where it is not addressed. */
export function readUpdate(update: unknown, botName: string): ParsedUpdate | undefined {
  const { message, callback_query: tap, my_chat_member: member } = Update.safeParse(update).data ?? {}
  if (message?.from && !message.from.is_bot) return readMessage(message, message.from, botName)
  if (tap?.message)
    return {
      kind: 'tap',
      ...chatAndWriter(tap.message.chat, tap.from),
      queryId: tap.id,
      messageId: tap.message.message_id,
      data: tap.data ?? '',
    }
  if (member?.chat.type === 'private')
    return { kind: 'reach', ...chatAndWriter(member.chat, member.from), blocked: member.new_chat_member.status === 'kicked' }
  return undefined
}

function readMessage(message: z.output<typeof Message>, from: z.output<typeof User>, botName: string): ParsedUpdate | undefined {
  const by = chatAndWriter(message.chat, from)
  const { text } = message
  if (message.chat.type !== 'private') return isAddressed(message, botName) ? { kind: 'group', ...by } : undefined
  if (text === undefined) return { kind: 'other', ...by }
  const [, command, argument = ''] = /^\/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text.trim()) ?? []
  return command === undefined
    ? { kind: 'text', ...by, text: text.trim() }
    : { kind: 'command', ...by, command: command.toLowerCase(), argument: argument.trim() }
}

const chatAndWriter = (chat: z.output<typeof Chat>, from: z.output<typeof User>) => ({
  chatId: chat.id,
  writer: { id: from.id, firstName: from.first_name, languageCode: from.language_code },
})

const isAddressed = ({ text = '', reply_to_message: to }: z.output<typeof Message>, botName: string) =>
  to?.from?.username?.toLowerCase() === botName.toLowerCase() || new RegExp(`@${botName}\\b`, 'i').test(text)
