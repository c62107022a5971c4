import { createHmac } from 'node:crypto'
import { ConfigFault } from '@repitbot/kit/config'
import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import { features } from './features.ts'
import { localFormStates, redisFormStates } from './form-states.ts'
import { openGateway } from './gateway.ts'
import { button } from './rules/screen.ts'
import { wordsIn } from './rules/words.ts'
import { openStore } from './store.ts'
import { openTelegram } from './telegram.ts'

/** What routes, jobs and flows are given; without a token there is neither Telegram nor a gateway. */
export const open = ({ database, now, log, config, redis }: Runtime<Config>) => ({
  store: openStore(database),
  now,
  log,
  features,
  pageUrl: config.PUBLIC_URL.replace(/\/$/, ''),
  formStates: redis ? redisFormStates(redis(), config.BOT_TOKEN?.split(':')[0] ?? '') : localFormStates(),
  webhookUrl: config.WEBHOOK_URL,
  /** Telegram gets it with the webhook and sends it with every update; made of the token, so that there is nothing more to configure. */
  webhookSecret: config.BOT_TOKEN && createHmac('sha256', config.BOT_TOKEN).update('webhook').digest('hex'),
  /** Wakes the flow that handles updates; set while it runs. */
  worker: { wake: () => {} },
  ...connect(config, now),
})
export type Deps = ReturnType<typeof open>

function connect(config: Config, now: () => Date) {
  if (!config.BOT_TOKEN) return { telegram: undefined, gateway: undefined }
  if (!config.BOT_SECRET) throw new ConfigFault('BOT_SECRET: needed beside BOT_TOKEN, the same as the user service has')
  const pageUrl = config.PUBLIC_URL.replace(/\/$/, '')
  const words = (language: string) => wordsIn(language === 'en' ? 'en' : 'ru')
  return {
    telegram: openTelegram({
      token: config.BOT_TOKEN,
      apiRoot: config.TELEGRAM_API_URL,
      more: (language) => words(language).html('more', { url: pageUrl }),
      bare: (language) => ({
        lines: [words(language).html('bare', { url: pageUrl })],
        rows: [[button(words(language).text('toMenu'), 'go', 'menu')]],
      }),
    }),
    gateway: openGateway({ origin: config.GATEWAY_URL.replace(/\/$/, ''), secret: config.BOT_SECRET, now }),
  }
}
/** The deps of a bot that has a token. */
export type ConnectedDeps = Deps & { telegram: NonNullable<Deps['telegram']>; gateway: NonNullable<Deps['gateway']> }
export const isConnected = (deps: Deps): deps is ConnectedDeps => deps.telegram !== undefined
