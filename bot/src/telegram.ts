import { setTimeout as sleep } from 'node:timers/promises'
import type { TelegramUpdate } from '@repitbot/contracts/telegram'
import { Telegram, TelegramError } from 'telegraf'
import type { Button, Screen } from './rules/screen.ts'
import { cut, textOf } from './rules/screen.ts'

const pollSeconds = 25
const callMsMax = 10_000
/** For a longer pause the call fails, and the update is handled again later. */
const pauseSecondsMax = 30
const repeatsMax = 5

export type Command = { command: string; description: string }

type Options = {
  token: string
  apiRoot: string
  /** The last line of a text that was cut. */
  more: (language: string) => string
  /** What is below a card whose own buttons Telegram refused. */
  bare: (language: string) => Screen
}

/** The methods of the Bot API that the bot uses. A call that was too fast (429) is repeated after the pause that Telegram names. */
export function openTelegram({ token, apiRoot, more, bare }: Options) {
  const api = new Telegram(token, { apiRoot })
  const call = async (method: string, payload: object, signal = AbortSignal.timeout(callMsMax)): Promise<unknown> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await api.callApi(method as 'getMe', payload as never, { signal: signal as never })
      } catch (error) {
        const pause = pauseOf(error)
        if (pause === undefined || pause > pauseSecondsMax || attempt >= repeatsMax) throw error
        await sleep(pause * 1000)
        signal = AbortSignal.timeout(callMsMax)
      }
    }
  }
  const content = (screen: Screen, language: string) => ({
    text: textOf(screen.lines, more(language)),
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: screen.rows.map((row) => row.map(toInlineButton)) },
  })
  /** What Telegram refuses stays refused however often it is sent: the card goes out once more, without its own buttons. */
  const sendContent = async (method: string, to: object, screen: Screen, language: string): Promise<unknown> => {
    try {
      return await call(method, { ...to, ...content(screen, language) })
    } catch (error) {
      if (!isRefused(error) || isRefusal(error, knownRefusals) || !screen.rows.length) throw error
      const { lines, rows } = bare(language)
      return call(method, { ...to, ...content({ lines: [...screen.lines, '', ...lines], rows }, language) })
    }
  }
  const send = async (chatId: number, screen: Screen, language: string): Promise<number> => {
    const sent = (await sendContent('sendMessage', { chat_id: chatId }, screen, language)) as { message_id: number }
    return sent.message_id
  }
  let name: string | undefined
  return {
    /** The person has blocked the bot, or the chat is gone: nothing can be sent there. */
    isUnreachable: (error: unknown): boolean =>
      error instanceof TelegramError && (error.code === 403 || isRefusal(error, /chat not found/)),
    /** Telegram will never take this call: to repeat it would only keep the chat waiting. */
    isRefused,
    /** The bot's user name, by which it is addressed in groups. */
    name: async () => (name ??= ((await call('getMe', {})) as { username: string }).username),
    getUpdates: async (offset: number, signal: AbortSignal) => {
      const ended = AbortSignal.any([signal, AbortSignal.timeout((pollSeconds + 10) * 1000)])
      const request = { offset, timeout: pollSeconds, allowed_updates: ['message', 'callback_query', 'my_chat_member'] }
      return (await call('getUpdates', request, ended)) as TelegramUpdate[]
    },
    setWebhook: (url: string, secret: string) =>
      call('setWebhook', { url, secret_token: secret, allowed_updates: ['message', 'callback_query', 'my_chat_member'] }),
    deleteWebhook: () => call('deleteWebhook', {}),
    send,
    /** Changes a card in place, or sends a new one when it is gone. Returns the id of the message that shows it now. */
    edit: async (chatId: number, messageId: number, screen: Screen, language: string): Promise<number> => {
      try {
        await sendContent('editMessageText', { chat_id: chatId, message_id: messageId }, screen, language)
        return messageId
      } catch (error) {
        if (isRefusal(error, /not modified/)) return messageId
        if (isRefusal(error, /not found|can't be edited/)) return send(chatId, screen, language)
        throw error
      }
    },
    /** Does nothing when the card is gone already or too old to be deleted. */
    remove: (chatId: number, messageId: number) =>
      call('deleteMessage', { chat_id: chatId, message_id: messageId }).catch(ignoring(/not found|can't be deleted/)),
    /** Does nothing when the tap was answered before or is too old. */
    answer: (queryId: string, toast?: string) =>
      call('answerCallbackQuery', {
        callback_query_id: queryId,
        text: toast && cut(toast, 200),
        show_alert: (toast?.length ?? 0) > 60,
      }).catch(ignoring(/query is too old|query ID is invalid/)),
    setCommands: (commands: Command[], scope: { chatId: number } | { language?: string }) =>
      call('setMyCommands', {
        commands,
        ...('chatId' in scope ? { scope: { type: 'chat', chat_id: scope.chatId } } : { language_code: scope.language }),
      }),
  }
}

const toInlineButton = (button: Button) =>
  'tap' in button ? { text: button.label, callback_data: button.tap } : { text: button.label, url: button.url }

const pauseOf = (error: unknown): number | undefined =>
  error instanceof TelegramError && error.code === 429 ? (error.parameters?.retry_after ?? 1) : undefined
/** Refusals that say how things are in the chat, and nothing of what was sent. */
const knownRefusals = /not modified|not found|can't be edited/
const isRefused = (error: unknown): boolean => error instanceof TelegramError && error.code === 400
const isRefusal = (error: unknown, pattern: RegExp) =>
  error instanceof TelegramError && error.code === 400 && pattern.test(error.description)
const ignoring = (pattern: RegExp) => (error: unknown) => {
  if (!isRefusal(error, pattern)) throw error
}
