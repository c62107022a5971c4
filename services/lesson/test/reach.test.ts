import type { Somebody } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { attended, code, groupPlan, lessonPlan } from './lesson-requests.ts'

const between = { from: '2026-09-01T00:00:00Z', until: '2026-12-01T00:00:00Z' }

describe('lesson: reach', () => {
  let world: World
  let group: string
  before(async () => {
    world = await openWorld({ services: [lessonService] })
    world.clock.set('2026-09-07T14:00:00Z')
    group = (await world.as('tutor').lessons.plan(groupPlan(world))).id
    const { otherTutor, otherStudent } = world.people
    const seat = { studentId: otherStudent.userId, priceMinor: 1 }
    await world.as('otherTutor').lessons.plan(lessonPlan(world, { tutorId: otherTutor.userId, students: [seat] }))
    await world.as('tutorB').lessons.plan(lessonPlan(world, { students: [{ studentId: world.people.studentB.userId, priceMinor: 1 }] }))
    await world.as('tutor').lessons.complete({
      lessonId: group,
      note: 'For you',
      privateNote: 'Not for you',
      students: attended(world.people.student.userId, world.people.sibling.userId),
    })
  })
  after(() => world.close())

  const seen = async (who: Somebody) => {
    const { role } = world.people[who]
    const table = role === 'tutor' || role === 'admin' ? world.as(who).lessons : world.as(who).familyLessons
    const { lessons } = await table.list(between)
    return lessons.map(({ students }) => students.map(({ name }) => name).sort())
  }

  it('shows a tutor the lessons they give, a school its own, and a family its own seats', async () => {
    expect(await seen('tutor')).to.eql([['sibling', 'student']])
    expect(await seen('otherTutor')).to.eql([['otherStudent']])
    expect(await seen('admin')).to.have.length(2)
    expect(await seen('stranger')).to.eql([['studentB']])
    expect(await seen('parent')).to.eql([['sibling', 'student']])
    expect(await seen('student')).to.eql([['student']])
    expect(await seen('otherParent')).to.eql([['otherStudent']])
  })

  it('shows a family no private note and no other child', async () => {
    const lesson = await world.as('student').familyLessons.get({ lessonId: group })
    expect(lesson.students.map(({ studentId }) => studentId)).to.eql([world.people.student.userId])
    expect(JSON.stringify(lesson)).to.include('For you').and.not.to.include('Not for you').and.not.to.include(world.people.sibling.userId)
  })

  it('answers a foreign lesson as one that is not there, in every row', async () => {
    for (const who of ['otherTutor', 'stranger', 'tutorB'] as const) {
      const { lessons } = world.as(who)
      const students = attended(world.people.student.userId)
      const calls = [
        () => lessons.get({ lessonId: group }),
        () => lessons.complete({ lessonId: group, students }),
        () => lessons.correct({ lessonId: group, version: 1, students }),
        () => lessons.reopen({ lessonId: group }),
        () => lessons.move({ lessonId: group, startsAt: '2026-09-08T14:00:00Z' }),
        () => lessons.cancel({ lessonId: group }),
        () => lessons.restore({ lessonId: group }),
        () => lessons.undo({ lessonId: group, version: 1 }),
        () => lessons.waive({ lessonId: group }),
      ]
      for (const call of calls) expect(await code(call())).to.equal('not_found')
    }
    for (const who of ['otherParent', 'otherStudent', 'studentB'] as const) {
      expect(await code(world.as(who).familyLessons.get({ lessonId: group }))).to.equal('not_found')
      expect(await code(world.as(who).familyLessons.cancel({ lessonId: group }))).to.equal('not_found')
    }
  })

  it('keeps families from the rows of those who give lessons, and the other way round', async () => {
    for (const who of ['student', 'parent'] as const) {
      expect(await code(world.as(who).lessons.get({ lessonId: group }))).to.equal('forbidden')
      expect(await code(world.as(who).lessons.plan(lessonPlan(world)))).to.equal('forbidden')
      expect(await code(world.as(who).lessonPolicy.set({ noticeHours: 0, lateChargePercent: 0, version: 1 }))).to.equal('forbidden')
    }
    expect(await code(world.as('tutor').familyLessons.get({ lessonId: group }))).to.equal('forbidden')
  })

  it('a link that is revoked ends the reach', async () => {
    const { parent, sibling } = world.people
    await world.deliver('reach.revoked', { holderId: parent.userId, overId: sibling.userId, as: 'parent', version: 2 })
    await world.idle()
    expect(await seen('parent')).to.eql([['student']])
    await world.deliver('reach.granted', { holderId: parent.userId, overId: sibling.userId, as: 'parent', version: 3 })
    await world.idle()
  })
})
