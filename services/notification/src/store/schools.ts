import type { ConsumedEvent } from '@repitbot/contracts/events'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'

export const schoolsIn = (tx: Transaction) => ({ findSchoolName: (schoolId: string) => findSchoolName(tx, schoolId) })

export const schoolStore = (database: Database) => ({
  /** The highest version of a school wins. */
  keepSchools: (batch: ConsumedEvent<'school.updated'>[]): Promise<void> =>
    database.transaction(schoolsOf(batch), async (tx) => {
      await tx.query(
        `insert into school as s (school_id, name, version)
         select distinct on ("schoolId") "schoolId", name, version
         from jsonb_to_recordset($1) as g ("schoolId" uuid, name text, version int) order by "schoolId", version desc
         on conflict (school_id) do update set name = excluded.name, version = excluded.version where s.version < excluded.version`,
        [JSON.stringify(batch.map(({ schoolId, body }) => ({ schoolId, ...body })))],
        'keep-schools',
      )
    }),

  findSchoolName: (schoolId: string): Promise<string | undefined> =>
    database.transaction({ schoolId }, (tx) => findSchoolName(tx, schoolId)),
})

async function findSchoolName(tx: Transaction, schoolId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ name: string }>('select name from school where school_id = $1', [schoolId], 'find-school')
  return row?.name
}
