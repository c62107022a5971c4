import { withOwner } from '@repitbot/kit/testing/stores'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { studentService } from '../src/service.ts'
import { factsOfDays, histories, holdersOf, lockStudents, plansAlongKeys, saveStudents } from '../src/store/statements.ts'

const ids = `'{}'::uuid[]`
const statements = [
  ['holdersOf', holdersOf, ids],
  ['lockStudents', lockStudents, ids],
  ['histories', histories, ids],
  ['factsOfDays', factsOfDays, `${ids}, '{}'::date[], ${ids}`],
  ['saveStudents', saveStudents, `'[]'::jsonb`],
]

describe('student: the kept plans of prepared statements', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [studentService], people: false })
  })
  after(() => world.close())

  for (const [name, statement, values] of statements)
    it(`of ${name} find each row by its key, though made while the tables are empty`, async () => {
      const plan = await withOwner(world.name, async (owner) => {
        for (const step of ['begin', 'set local search_path = student, public', plansAlongKeys]) await owner.query(step)
        await owner.query(`prepare it as ${statement}`)
        const { rows } = await owner.query<{ 'QUERY PLAN': string }>(`explain execute it(${values})`)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
      expect(plan).to.match(/Index (Only )?Scan/)
      expect(plan).not.to.match(/Seq Scan|Hash|Merge|Bitmap/)
      expect(plan.match(/Index (Only )?Scan/g)).to.have.lengthOf(plan.match(/Index Cond/g)?.length ?? 0)
    })
})
