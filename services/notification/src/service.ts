import { broadcastApi } from '@repitbot/contracts/broadcast'
import { inboxApi } from '@repitbot/contracts/inbox'
import { preferencesApi } from '@repitbot/contracts/preferences'
import { unsubscribeApi } from '@repitbot/contracts/unsubscribe'
import { implement, service } from '@repitbot/kit/service'
import { inbox } from '../migrations/0001-inbox.ts'
import { deliveries } from '../migrations/0002-deliveries.ts'
import { admins } from '../migrations/0003-admins.ts'
import { channelChoices } from '../migrations/0004-channels.ts'
import { adminNotices } from '../migrations/0005-admin-notices.ts'
import { preferenceVersions } from '../migrations/0006-preference-versions.ts'
import { bulkEmail } from '../migrations/0007-bulk-email.ts'
import { schools } from '../migrations/0008-schools.ts'
import { Config } from './config.ts'
import { consumers, order } from './consumers.ts'
import { open } from './deps.ts'
import { openChannels } from './flows/open-channels.ts'
import { jobs } from './jobs.ts'
import { broadcastRoutes, inboxRoutes, preferencesRoutes, unsubscribeRoutes } from './routes.ts'

export const notificationService = service({
  name: 'notification',
  config: Config,
  persons: true,
  migrations: [inbox, deliveries, admins, channelChoices, adminNotices, preferenceVersions, bulkEmail, schools],
  open: (runtime) => open(runtime, openChannels(runtime)),
  apis: [
    implement(inboxApi, inboxRoutes),
    implement(preferencesApi, preferencesRoutes),
    implement(unsubscribeApi, unsubscribeRoutes),
    implement(broadcastApi, broadcastRoutes),
  ],
  consumes: consumers,
  order,
  jobs,
})
