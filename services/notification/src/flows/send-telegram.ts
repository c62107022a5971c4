import type { Log } from '@repitbot/kit/log'
import type { Channel, Message, Outcome } from '../rules/channel.ts'
import { wordsOf } from '../rules/render.ts'
import { button, telegramText } from '../rules/telegram-text.ts'
import type { Turns } from './take-turn.ts'

type TelegramDeps = { apiUrl: string; token: string; turns: Turns; log: Log }
type Answer = { ok: boolean; error_code?: number; description?: string; parameters?: { retry_after?: number } }

const answerMsMax = 10_000
const probeMsMax = 3_000
const pauseMs = { least: 1_000, most: 15_000 }

/**
 * Sends by the Bot API. A message whose answer is lost is not sent again, for Telegram has nothing to tell a repeat by. So that few are lost
 * so while Telegram is in trouble, it is then asked something harmless first, and messages wait.
 */
export function telegramChannel({ apiUrl, token, turns, log }: TelegramDeps): Channel {
  let troubles = 0
  const call = async (method: string, body: object, msMax: number): Promise<Answer> => {
    const response = await fetch(`${apiUrl}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(msMax),
    })
    const answer = (await response.json().catch(() => undefined)) as Answer | undefined
    return answer ?? { ok: false, error_code: response.status === 200 ? 500 : response.status, description: 'It answered no JSON' }
  }
  const troubled = async (why: string) => {
    const ms = Math.min(pauseMs.least * 2 ** troubles++, pauseMs.most)
    if (troubles === 1) log.warn({ why }, 'Telegram takes nothing; messages wait')
    await turns.pause(ms)
    return ms
  }
  const isBack = async () => {
    if (!troubles) return true
    const answer = await call('getMe', {}, probeMsMax).catch(() => undefined)
    return answer?.ok === true || (answer?.error_code ?? 500) < 500
  }
  return {
    name: 'telegram',
    sendsAgain: false,
    addressOf: (card) => card.telegramChatId,
    waitMs: turns.take,
    async send(message) {
      if (!(await isBack())) return { kind: 'later', why: 'Telegram is away', afterMs: await troubled('It is still away') }
      let answer: Answer
      try {
        answer = await call('sendMessage', contentOf(message), answerMsMax)
      } catch (error) {
        const outcome = lost(error)
        await troubled(outcome.why)
        return outcome
      }
      const outcome = outcomeOf(answer)
      if (outcome.kind !== 'later') troubles = 0
      else if (answer.error_code === 429) await turns.pause(outcome.afterMs ?? pauseMs.least)
      else await troubled(outcome.why)
      return outcome
    },
  }
}

const contentOf = (message: Message) => ({
  chat_id: message.to,
  text: telegramText(message, wordsOf(message.language)('outward.whole')),
  parse_mode: 'HTML',
  link_preview_options: { is_disabled: true },
  reply_markup: button(message),
})

function outcomeOf({ ok, error_code: code = 500, description: why = '', parameters }: Answer): Outcome {
  if (ok) return { kind: 'sent' }
  if (code === 429) return { kind: 'later', why, afterMs: (parameters?.retry_after ?? 1) * 1000 }
  if (code === 403) return { kind: 'blocked' }
  // A token that is wrong or withdrawn is the installation's fault, and may be mended.
  if (code === 401 || code === 404 || code >= 500) return { kind: 'later', why }
  return { kind: 'refused', why }
}

const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']
/** Without a connection nothing left; afterwards only Telegram knows. */
function lost(error: unknown): { kind: 'later' | 'unknown'; why: string } {
  const { cause, message } = error as { cause?: { code?: string; errors?: { code?: string }[] }; message: string }
  const codes = [cause?.code, ...(cause?.errors ?? []).map(({ code }) => code)].filter((code) => code !== undefined)
  const never = codes.length > 0 && codes.every((code) => neverLeft.includes(code))
  return { kind: never ? 'later' : 'unknown', why: codes[0] ?? message }
}
