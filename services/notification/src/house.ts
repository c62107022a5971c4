import { inboxApi } from '@repitbot/contracts/inbox'
import { house, serve } from '@repitbot/kit/house'
import { inbox } from '../migrations/0001-inbox.ts'
import { deliveries } from '../migrations/0002-deliveries.ts'
import { consumers } from './consumers.ts'
import { open } from './inside.ts'
import { routes } from './routes.ts'
import type { Channel } from './rules/channel.ts'
import { schedule } from './schedule.ts'

export const notificationHouseOver = (channels: Channel[]) =>
  house({
    name: 'notification',
    migrations: [inbox, deliveries],
    open: (ground) => open(ground, channels),
    serves: [serve(inboxApi, routes)],
    hears: consumers,
    schedule,
  })

export const notificationHouse = notificationHouseOver([])
