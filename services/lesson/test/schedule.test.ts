import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'

describe('lesson: on the clock', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService], jobs: true })
    world.clock.set('2026-09-01T08:00:00Z')
  })
  after(() => world.close())
  const planned = async (count: number) => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const [found] = await world.sql<{ count: number }>('select count(*)::int as count from lesson.lesson')
      if (found?.count === count) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`There are not ${count} lessons`)
  }

  it('the nightly job plans what the series of every school lack', async () => {
    const plan = (who: 'tutor' | 'tutorB', studentId: string) =>
      world.as(who).series.plan({
        type: 'individual',
        subject: 'Maths',
        minutes: 60,
        freq: 'weekly',
        weekdays: [1],
        at: '17:00',
        from: '2026-09-07',
        students: [{ studentId, priceMinor: 150_000 }],
      })
    await plan('tutor', world.people.student.userId)
    await plan('tutorB', world.people.studentB.userId)
    world.clock.set('2026-09-15T08:00:00Z')
    await world.sql(`select lesson_jobs.add_job('materialise-series')`)
    await planned(28)
    expect((await world.published('lesson.planned')).filter(({ schoolId }) => schoolId === world.people.tutorB.schoolId)).to.have.length(14)
  })
})
