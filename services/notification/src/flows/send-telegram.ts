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
 * Sends by the Bot API. A message whose answer is lost is not sent again, because Telegram cannot tell a repeat from the first. So after an
 * outage `getMe` is called first, and messages wait until it is answered: then few of them are uncertain.
 */
export function telegramChannel({ apiUrl, token, turns, log }: TelegramDeps): Channel {
  let failures = 0
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
  const pauseAll = async (reason: string) => {
    const ms = Math.min(pauseMs.least * 2 ** failures++, pauseMs.most)
    if (failures === 1) log.warn({ reason }, 'Telegram takes nothing; messages wait')
    await turns.pause(ms)
    return ms
  }
  const answersAgain = async () => {
    if (!failures) return true
    const answer = await call('getMe', {}, probeMsMax).catch(() => undefined)
    return answer?.ok === true || (answer?.error_code ?? 500) < 500
  }
  return {
    name: 'telegram',
    sendsAgain: false,
    addressOf: (card) => card.telegramChatId,
    waitMs: turns.take,
    async send(message) {
      if (!(await answersAgain())) return { kind: 'later', reason: 'Telegram is away', afterMs: await pauseAll('It is still away') }
      let answer: Answer
      try {
        answer = await call('sendMessage', contentOf(message), answerMsMax)
      } catch (error) {
        const outcome = outcomeOfError(error)
        await pauseAll(outcome.reason)
        return outcome
      }
      const outcome = outcomeOf(answer)
      if (outcome.kind !== 'later') failures = 0
      else if (answer.error_code === 429) await turns.pause(outcome.afterMs ?? pauseMs.least)
      else await pauseAll(outcome.reason)
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

function outcomeOf({ ok, error_code: code = 500, description: reason = '', parameters }: Answer): Outcome {
  if (ok) return { kind: 'sent' }
  if (code === 429) return { kind: 'later', reason, afterMs: (parameters?.retry_after ?? 1) * 1000 }
  if (code === 403) return { kind: 'blocked' }
  // The token is wrong or withdrawn: the installation's fault, which may be mended.
  if (code === 401 || code === 404 || code >= 500) return { kind: 'later', reason }
  return { kind: 'refused', reason }
}

/** Errors of a connection that was never made. */
const notConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']
/** Without a connection the message was certainly not sent; after that only Telegram knows. */
function outcomeOfError(error: unknown): { kind: 'later' | 'unknown'; reason: string } {
  const { cause, message } = error as { cause?: { code?: string; errors?: { code?: string }[] }; message: string }
  const codes = [cause?.code, ...(cause?.errors ?? []).map(({ code }) => code)].filter((code) => code !== undefined)
  const isUnsent = codes.length > 0 && codes.every((code) => notConnected.includes(code))
  return { kind: isUnsent ? 'later' : 'unknown', reason: codes[0] ?? message }
}
