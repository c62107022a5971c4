import type { Consumers } from '@repitbot/contracts/events'
import { type Database, schoolsOf } from '../database.ts'
import { tenant } from '../migrations.ts'
import { service } from '../service.ts'

/** A service with one table for the kit's own tests: it counts the events that it consumes, and fails for the users that `failing` names. */
export const toyService = (failing: (userId: string) => boolean = () => false) =>
  service({
    name: 'notification',
    migrations: [
      {
        name: '0001-toy',
        up: `create table seen (school_id uuid not null, user_id uuid not null, times int not null, primary key (user_id)); ${tenant('seen')}`,
      },
    ],
    open: ({ database }) => ({ database }),
    apis: [],
    consumes: ({ database }) => toyConsumers(database, failing),
  })

export const toyConsumers = (database: Database, failing: (userId: string) => boolean): Consumers => ({
  'user.created': (batch) =>
    database.transaction(schoolsOf(batch), async (tx) => {
      for (const { schoolId, body } of batch) {
        await tx.query('insert into seen values ($1, $2, 1) on conflict (user_id) do update set times = seen.times + 1', [
          schoolId,
          body.userId,
        ])
        if (failing(body.userId)) throw new Error('The toy fails for this user')
      }
    }),
})
