import type { Caller } from '@repitbot/contracts/endpoint'
import type { StoredPolicy } from '@repitbot/contracts/lesson-policy'
import type { Database, Transaction } from '@repitbot/kit/database'
import { defaultPolicy, type FamilyTerms } from '../rules/cancellation-cost.ts'
import type { tablesOf } from '../tables.ts'

type Tables = ReturnType<typeof tablesOf>
const firstPolicy: StoredPolicy = { ...defaultPolicy, version: 1 }

/** Somebody else pays for the student's lessons; somebody whose membership is closed no longer does. */
const hasPayerSql = `select exists (
  select from reach r left join person p on p.user_id = r.holder_id
  where r.over_id = $1 and r.reach_as in ('parent', 'payer') and r.granted and coalesce(p.active, true)) as "hasPayer"`

export const policyStore = (database: Database, { policies }: Tables) => ({
  getPolicy: ({ schoolId }: Caller): Promise<StoredPolicy> =>
    database.transaction({ schoolId }, (tx) => findPolicy(tx, policies, schoolId)),

  /** The policy, and whether this parent or student may cancel at a charge. */
  getFamilyTerms: ({ schoolId, role, userId }: Caller): Promise<FamilyTerms> =>
    database.transaction({ schoolId }, async (tx) => {
      const { version, ...policy } = await findPolicy(tx, policies, schoolId)
      if (role !== 'student') return { ...policy, mayCharge: true }
      const [row] = await tx.query<{ hasPayer: boolean }>(hasPayerSql, [userId], 'has-payer')
      return { ...policy, mayCharge: row?.hasPayer === false }
    }),

  /** Locks the policy and saves what `decide` makes of it. The row is made first, so that two first changes wait for each other too. */
  changePolicy: ({ schoolId }: Caller, decide: (before: StoredPolicy) => StoredPolicy): Promise<StoredPolicy> =>
    database.transaction({ schoolId }, async (tx) => {
      const transaction = tx.sequelize
      await policies.bulkCreate([{ schoolId, ...firstPolicy }], { ignoreDuplicates: true, transaction })
      const next = decide(await findPolicy(tx, policies, schoolId, { lock: true }))
      await policies.update(next, { where: { schoolId }, transaction })
      return next
    }),
})

async function findPolicy(tx: Transaction, policies: Tables['policies'], schoolId: string, { lock = false } = {}): Promise<StoredPolicy> {
  const attributes = ['noticeHours', 'lateChargePercent', 'version']
  const row = await policies.findByPk(schoolId, { attributes, transaction: tx.sequelize, lock })
  return row?.get({ plain: true }) ?? firstPolicy
}
