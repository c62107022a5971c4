import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { attended, lessonPlan, refusal } from './lesson-requests.ts'

describe('lesson: an admin who teaches', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService] })
  })
  after(() => world.close())

  it('gives lessons of their own: planned, reported, and seen by the family under their name', async () => {
    const { owner, student } = world.people
    world.clock.set('2026-09-07T13:00:00.000Z')
    const { id: lessonId } = await world.as('owner').lessons.plan(lessonPlan(world, { tutorId: owner.userId }))
    world.clock.set('2026-09-07T14:05:00.000Z')
    await world.as('owner').lessons.complete({ lessonId, students: attended(student.userId) })
    const seen = await world.as('student').familyLessons.get({ lessonId })
    expect(seen).to.include({ tutorId: owner.userId, tutorName: 'owner', status: 'completed' })
  })

  it('has series of their own', async () => {
    const { owner, student } = world.people
    const series = await world.as('owner').series.plan({
      ...{ type: 'individual', subject: 'Maths', minutes: 60, freq: 'weekly', weekdays: [3], at: '10:00', from: '2026-09-09' },
      tutorId: owner.userId,
      students: [{ studentId: student.userId, priceMinor: 0 }],
    })
    expect(series.tutorId).to.equal(owner.userId)
  })

  it('is a tutor for no plan that names a parent or a student as the tutor', async () => {
    for (const who of ['parent', 'sibling'] as const) {
      const planned = world.as('owner').lessons.plan(lessonPlan(world, { tutorId: world.people[who].userId }))
      expect((await refusal(planned)).errors).to.deep.equal([{ field: 'tutorId', message: 'Expected a tutor' }])
    }
  })
})
