import { authApi } from '@repitbot/contracts/auth'
import { peopleApi } from '@repitbot/contracts/people'
import { schoolApi } from '@repitbot/contracts/school'
import { trustApi } from '@repitbot/contracts/trust'
import { implement, service } from '@repitbot/kit/service'
import { people } from '../migrations/0001-people.ts'
import { signIn } from '../migrations/0002-sign-in.ts'
import { telegram } from '../migrations/0003-telegram.ts'
import { invitations } from '../migrations/0004-invitations.ts'
import { channels } from '../migrations/0005-channels.ts'
import { teachingAndPhone } from '../migrations/0006-teaching-and-phone.ts'
import { loginNumber } from '../migrations/0007-login-number.ts'
import { lostReplies } from '../migrations/0008-lost-replies.ts'
import { confirmedEmail } from '../migrations/0009-confirmed-email.ts'
import { peopleByName } from '../migrations/0010-people-by-name.ts'
import { Config } from './config.ts'
import { open } from './deps.ts'
import { republishAll } from './flows/republish-people.ts'
import { jobs } from './jobs.ts'
import { authRoutes, trustRoutes } from './routes/auth.ts'
import { peopleRoutes, schoolRoutes } from './routes/people.ts'

export const userService = service({
  name: 'user',
  config: Config,
  migrations: [people, signIn, telegram, invitations, channels, teachingAndPhone, loginNumber, lostReplies, confirmedEmail, peopleByName],
  open,
  apis: [
    implement(authApi, authRoutes),
    implement(peopleApi, peopleRoutes),
    implement(schoolApi, schoolRoutes),
    implement(trustApi, trustRoutes),
  ],
  jobs,
  republish: republishAll,
})
