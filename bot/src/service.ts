import { telegramApi } from '@repitbot/contracts/telegram'
import { implement, service } from '@repitbot/kit/service'
import { talks } from '../migrations/0001-talks.ts'
import { arrival } from '../migrations/0002-arrival.ts'
import { Config } from './config.ts'
import { open } from './deps.ts'
import { jobs, runs } from './jobs.ts'
import { routes } from './routes.ts'

export const botService = service({
  name: 'bot',
  config: Config,
  migrations: [talks, arrival],
  open,
  apis: [implement(telegramApi, routes)],
  jobs,
  runs,
})
