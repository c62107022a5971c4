import type { Caller } from '@repitbot/contracts/endpoint'
import type { LessonPolicy } from '@repitbot/contracts/lesson-policy'
import type { Database, Transaction } from '@repitbot/kit/database'
import { defaultPolicy, type FamilyTerms } from '../rules/cancellation-cost.ts'
import type { tablesOf } from '../tables.ts'

type Tables = ReturnType<typeof tablesOf>

/** Somebody else pays for the student's lessons; somebody whose membership is closed no longer does. */
const hasPayerSql = `select exists (
  select from reach r left join person p on p.user_id = r.holder_id
  where r.over_id = $1 and r.reach_as in ('parent', 'payer') and r.granted and coalesce(p.active, true)) as "hasPayer"`

export const policyStore = (database: Database, { policies }: Tables) => ({
  getPolicy: ({ schoolId }: Caller): Promise<LessonPolicy> =>
    database.transaction({ schoolId }, (tx) => findPolicy(tx, policies, schoolId)),

  /** The policy, and whether this parent or student may cancel at a charge. */
  getFamilyTerms: ({ schoolId, role, userId }: Caller): Promise<FamilyTerms> =>
    database.transaction({ schoolId }, async (tx) => {
      const policy = await findPolicy(tx, policies, schoolId)
      if (role !== 'student') return { ...policy, mayCharge: true }
      const [row] = await tx.query<{ hasPayer: boolean }>(hasPayerSql, [userId], 'has-payer')
      return { ...policy, mayCharge: row?.hasPayer === false }
    }),

  setPolicy: ({ schoolId }: Caller, { noticeHours, lateChargePercent }: LessonPolicy): Promise<LessonPolicy> =>
    database.transaction({ schoolId }, async (tx) => {
      await policies.upsert({ schoolId, noticeHours, lateChargePercent }, { transaction: tx.sequelize })
      return { noticeHours, lateChargePercent }
    }),
})

async function findPolicy(tx: Transaction, policies: Tables['policies'], schoolId: string): Promise<LessonPolicy> {
  const row = await policies.findByPk(schoolId, { attributes: ['noticeHours', 'lateChargePercent'], transaction: tx.sequelize })
  return row?.get({ plain: true }) ?? defaultPolicy
}
