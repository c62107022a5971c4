import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonPolicy } from '@repitbot/contracts/lesson-policy'
import type { Database } from '@repitbot/kit/database'
import { defaultPolicy } from '../rules/cancel.ts'
import type { tablesOf } from '../tables.ts'

export const policyStore = (database: Database, { policies }: ReturnType<typeof tablesOf>) => ({
  getPolicy: ({ schoolId }: Caller): Promise<LessonPolicy> =>
    database.transaction({ schoolId }, async (tx) => {
      const row = await policies.findByPk(schoolId, { attributes: ['noticeHours', 'lateChargePercent'], transaction: tx.sequelize })
      return row?.get({ plain: true }) ?? defaultPolicy
    }),

  setPolicy: ({ schoolId }: Caller, { noticeHours, lateChargePercent }: LessonPolicy): Promise<LessonPolicy> =>
    database.transaction({ schoolId }, async (tx) => {
      await policies.upsert({ schoolId, noticeHours, lateChargePercent }, { transaction: tx.sequelize })
      return { noticeHours, lateChargePercent }
    }),
})
