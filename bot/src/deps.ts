import { createHmac } from 'node:crypto'
import { ConfigFault } from '@repitbot/kit/config'
import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import { features } from './features.ts'
import { openGateway } from './gateway.ts'
import { wordsIn } from './rules/words.ts'
import { openStore } from './store.ts'
import { localTalks, redisTalks } from './talks.ts'
import { openTelegram } from './telegram.ts'

/** What the bot's doors and flows are handed; without a token there is no Telegram to speak with. */
export const open = ({ database, now, log, config, redis }: Runtime<Config>) => ({
  store: openStore(database),
  now,
  log,
  features,
  pageUrl: config.PUBLIC_URL.replace(/\/$/, ''),
  talks: redis ? redisTalks(redis(), config.BOT_TOKEN?.split(':')[0] ?? '') : localTalks(),
  webhookUrl: config.WEBHOOK_URL,
  /** Told to Telegram with the webhook, and shown by it with every update; nothing more to configure. */
  webhookSecret: config.BOT_TOKEN && createHmac('sha256', config.BOT_TOKEN).update('webhook').digest('hex'),
  /** Wakes whoever handles updates; set while somebody does. */
  waking: { wake: () => {} },
  ...spoken(config, now),
})
export type Deps = ReturnType<typeof open>

function spoken(config: Config, now: () => Date) {
  if (!config.BOT_TOKEN) return { telegram: undefined, gateway: undefined }
  if (!config.BOT_SECRET) throw new ConfigFault('BOT_SECRET: needed beside BOT_TOKEN, the same as the user service has')
  const pageUrl = config.PUBLIC_URL.replace(/\/$/, '')
  return {
    telegram: openTelegram({
      token: config.BOT_TOKEN,
      apiRoot: config.TELEGRAM_API_URL,
      more: (language) => wordsIn(language === 'en' ? 'en' : 'ru').html('more', { url: pageUrl }),
    }),
    gateway: openGateway({ origin: config.GATEWAY_URL.replace(/\/$/, ''), secret: config.BOT_SECRET, now }),
  }
}
/** The bot with somebody to speak to. */
export type Speaking = Deps & { telegram: NonNullable<Deps['telegram']>; gateway: NonNullable<Deps['gateway']> }
export const isSpeaking = (deps: Deps): deps is Speaking => deps.telegram !== undefined
