import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import { changeRole } from '@repitbot/kit/testing/seen'
import { withOwner } from '@repitbot/kit/testing/stores'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { type PageOfPeople, pageOfWanted } from '../src/store/wanted-members.ts'
import { join, type OpenSchool, openSchool, type Speaker } from './school.ts'

const many = 2_000

describe('A school of two thousand', function () {
  this.timeout(30_000)
  let school: OpenSchool<World>
  let admin: Speaker
  let tutor: Awaited<ReturnType<typeof join>>
  let semyon: string
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    admin = school.as(school.admin.accessToken)
    tutor = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    semyon = (await tutor.as.people.create({ role: 'student', name: 'Семён Королёв' })).userId
    await tutor.as.people.create({ role: 'parent', name: 'Анна Королёва', studentIds: [semyon] })
    await fill(await schoolOf(school.admin.userId))
    await school.world.sql(`insert into "user".school values ($1, $1, 'B', 'ru', 'UTC', 1, now())`, [otherSchool])
    await fill(otherSchool)
    await school.world.sql('analyze "user".membership, "user".person, "user".link')
  })
  after(() => school.world.close())
  const otherSchool = randomUUIDv7()

  const schoolOf = async (userId: string) => {
    const [row] = await school.world.sql<{ id: string }>('select school_id as id from "user".membership where id = $1', [userId])
    return row!.id
  }
  /** Puts students into a school, none of whom signs in. */
  const fill = (schoolId: string) =>
    school.world.sql(
      `with added as (insert into "user".person (id, created_at) select gen_random_uuid(), now() from generate_series(1, $2) returning id)
       insert into "user".membership (id, school_id, person_id, role, name, language, zone, active, version, created_at)
       select gen_random_uuid(), $1, id, 'student', 'Pupil ' || lpad((row_number() over ())::text, 4, '0'), 'ru', 'UTC', true, 1, now() from added`,
      [schoolId, many],
    )
  const namesOf = (people: { name: string }[]) => people.map(({ name }) => name)

  for (const sort of ['name', 'newest', 'added'] as const)
    it(`is listed to its end, each person once, sorted by ${sort}`, async () => {
      const seen: { name: string; userId: string }[] = []
      for (let after: string | undefined; ; after = seen.at(-1)?.userId) {
        const page = await admin.people.list({ sort, limit: 200, after })
        seen.push(...page)
        if (page.length < 200) break
      }
      expect(seen).to.have.length(many + 4)
      expect(new Set(seen.map(({ userId }) => userId)).size).to.equal(many + 4)
      expect(await admin.people.count({})).to.deep.equal({ count: many + 4 })
      const ids = seen.map(({ userId }) => userId)
      if (sort === 'name') expect(namesOf(seen)).to.deep.equal(['Anna', ...pupils(), 'Tutor', 'Анна Королёва', 'Семён Королёв'])
      else expect(ids).to.deep.equal(sort === 'added' ? ids.toSorted() : ids.toSorted().reverse())
    })
  const pupils = () => Array.from({ length: many }, (_, at) => `Pupil ${String(at + 1).padStart(4, '0')}`)

  it('is searched by pieces of a name, in any order, whatever is written as е', async () => {
    const found = async (search: string) => namesOf(await admin.people.list({ search, sort: 'name' }))
    expect(await found('королёв'), 'as it is written').to.have.length(2)
    expect(await found('КОРОЛЕВ')).to.deep.equal(['Анна Королёва', 'Семён Королёв'])
    expect(await found(' корол  сем ')).to.deep.equal(['Семён Королёв'])
    expect(await found('1999')).to.deep.equal(['Pupil 1999'])
    for (const nobody of ['%', '_', 'Pupil 9999']) expect(await found(nobody)).to.deep.equal([])
    expect(await admin.people.count({ search: 'pupil 199' })).to.deep.equal({ count: 12 })
  })

  it('is filtered by role, by state and by whom somebody is linked to', async () => {
    const names = async (wanted: Parameters<Speaker['people']['list']>[0]) => namesOf(await admin.people.list({ sort: 'name', ...wanted }))
    expect(await names({ role: 'parent' })).to.deep.equal(['Анна Королёва'])
    expect(await names({ state: 'joined' })).to.deep.equal(['Anna', 'Tutor'])
    expect(await admin.people.count({ state: 'notJoined', role: 'student' })).to.deep.equal({ count: many + 1 })
    expect(await names({ linkedTo: tutor.userId })).to.deep.equal(['Семён Королёв'])
    expect(await names({ linkedTo: semyon })).to.deep.equal(['Tutor', 'Анна Королёва'])
    expect(await names({ teaches: 'yes' })).to.deep.equal(['Tutor'])
    await changeRole(admin, { userId: school.admin.userId, role: 'admin', teaches: true })
    expect(await names({ teaches: 'yes' })).to.deep.equal(['Anna', 'Tutor'])
    expect(await names({ teaches: 'yes', others: 'yes' })).to.deep.equal(['Tutor'])
    const { userId } = await admin.people.create({ role: 'parent', name: 'Gone' })
    await admin.people.disable({ userId })
    expect(await names({ state: 'archived' })).to.deep.equal(['Gone'])
    expect(await names({ state: 'here', search: 'gone' })).to.deep.equal([])
  })

  it('shows a tutor only those whom they reach, whatever they search for', async () => {
    expect(await tutor.as.people.list({ search: 'pupil' })).to.deep.equal([])
    expect(namesOf(await tutor.as.people.list({ sort: 'name', others: 'yes' }))).to.deep.equal(['Анна Королёва', 'Семён Королёв'])
    expect(await tutor.as.people.count({})).to.deep.equal({ count: 3 })
  })

  for (const [page, index] of [
    [{ sort: 'name', limit: 100 }, 'membership_by_name'],
    [{ sort: 'name', limit: 50, search: 'pupil 19', role: 'student', state: 'here' }, 'membership_by_name'],
    [{ sort: 'newest', limit: 100 }, 'membership_of_school'],
  ] as [PageOfPeople, string][])
    it(`is read along the index ${index} and not sorted: ${JSON.stringify(page)}`, async () => {
      const schoolId = await schoolOf(school.admin.userId)
      const caller: Caller = { userId: school.admin.userId, schoolId, role: 'admin', sessionId: '', reach: 'school' }
      const { condition, values } = pageOfWanted(caller, page)
      const plan = await withOwner(school.world.name, async (owner) => {
        await owner.query(`begin; set local search_path = "user"; set local role repitbot_user; set local app.school = '${schoolId}'`)
        const text = `explain select m.name from membership m join person p on p.id = m.person_id where ${condition}`
        const { rows } = await owner.query<{ 'QUERY PLAN': string }>(text, values)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
      expect(plan).to.match(new RegExp(`Index Scan (Backward )?using ${index}`))
      expect(plan).not.to.match(/Sort|Seq Scan on membership/)
    })
})
