import type { Runtime } from '@repitbot/kit/service'
import type { Channel } from '../rules/channel.ts'
import type { MailServer } from '../rules/mail-server.ts'
import { emailChannel } from './send-email.ts'
import { telegramChannel } from './send-telegram.ts'
import { localTurns, sharedTurns } from './take-turn.ts'

type Settings = { BOT_TOKEN?: string | undefined; TELEGRAM_API_URL: string; SMTP_URL?: MailServer | undefined; MAIL_FROM: string }

/** The configured channels, in the order in which they are tried for people who have chosen none. */
export function openChannels({ config, log, redis }: Runtime<Settings>): Channel[] {
  const { BOT_TOKEN: token, TELEGRAM_API_URL: apiUrl, SMTP_URL: server, MAIL_FROM: from } = config
  const channels: Channel[] = []
  if (token) {
    const turns = redis ? sharedTurns(redis(), token) : localTurns()
    channels.push(telegramChannel({ apiUrl: apiUrl.replace(/\/$/, ''), token, turns, log }))
  }
  if (server) channels.push(emailChannel({ server, from }))
  return channels
}
