import { randomUUIDv7 } from 'node:crypto'
import { cardOf } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { consumeLessons } from '../src/flows/consume-lessons.ts'
import { studentService } from '../src/service.ts'
import { report } from './memory.ts'

describe('several batches at once', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [studentService], bus: 'local', people: false })
    world.clock.set('2026-11-20T12:00:00Z')
  })
  after(() => world.close())

  it('batches that share students in other orders lose nothing, double nothing and end', async () => {
    const deps = world.services[0]?.deps as Deps
    const { schoolId } = world.people.admin
    const ids = Array.from({ length: 20 }, () => randomUUIDv7())
    const card = (userId: string) =>
      JSON.stringify({
        id: randomUUIDv7(),
        name: 'user.created',
        schoolId,
        correlationId: 'c',
        occurredAt: '2026-01-01T00:00:00Z',
        body: cardOf('One', { userId, schoolId, role: 'student' }),
      })
    const consumeCards = (some: string[]) => world.services[0]?.inbox.accept(some.map(card))
    const group = (turn: number) => {
      const lessonId = randomUUIDv7()
      const some = ids.filter((_, index) => (index + turn) % 3 > 0)
      const seats = turn % 2 ? some : some.toReversed()
      const heldAt = Date.parse('2026-11-01T09:00:00Z') + turn * 12 * 3_600_000
      const reports = seats.map((studentId) =>
        report({ lessonId, studentId, schoolId, heldAt, eventId: randomUUIDv7(), correlationId: 'c' }),
      )
      return { lessonId, version: 1, reports }
    }
    const lessons = Array.from({ length: 24 }, (_, turn) => group(turn))
    const batches = lessons.flatMap((lesson, turn) => [[lesson], [lesson, ...lessons.slice(turn, turn + 3).toReversed()]])
    await Promise.all([consumeCards(ids.slice(0, 10)), ...lessons.slice(0, 4).map((lesson) => consumeLessons(deps, [lesson]))])
    await consumeCards(ids)
    await Promise.all(lessons.map((lesson) => consumeLessons(deps, [lesson])))
    await Promise.all(batches.map((batch) => consumeLessons(deps, batch)))
    const [sums] = await world.sql(
      `select count(*)::int as rows, count(distinct (student_id, source_id))::int as facts, sum(delta)::int as xp from student.xp_ledger where kind = 'lesson'`,
    )
    const seats = lessons.reduce((sum, { reports }) => sum + reports.length, 0)
    expect(sums).to.deep.equal({ rows: seats, facts: seats, xp: seats * 150 })
    const wrong = await world.sql(
      'select student_id from student.student s where total_xp <> (select sum(delta) from student.xp_ledger x where x.student_id = s.student_id)',
    )
    expect(wrong).to.deep.equal([])
  })
})
