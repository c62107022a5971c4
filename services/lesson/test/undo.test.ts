import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { lessonService } from '../src/service.ts'
import { attended, code, lessonPlan, refusal } from './lesson-requests.ts'

const dayMs = 86_400_000

describe('lesson: what was done is taken back', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService] })
  })
  after(() => world.close())
  let day = 0
  const { as, lessons } = {
    as: (who: 'tutor' | 'otherTutor' = 'tutor') => world.as(who),
    lessons: () => world.as('tutor').lessons,
  }
  /** A lesson of its own day, with the clock an hour before it. */
  const planned = async (more: object = {}) => {
    const startsAt = new Date(Date.UTC(2026, 8, 7, 14) + day++ * dayMs)
    world.clock.set(new Date(startsAt.getTime() - 3_600_000))
    return lessons().plan(lessonPlan(world, { startsAt: startsAt.toISOString(), ...more }))
  }
  const lastEvent = async (lessonId: string) => {
    const names = ['planned', 'moved', 'cancelled', 'restored', 'completed', 'corrected', 'reopened'] as const
    const all = await Promise.all(names.map((name) => world.published(`lesson.${name}`)))
    const events = all.flatMap((some, at) => some.map(({ body }) => ({ name: names[at], ...body })))
    return events.filter((one) => one.lessonId === lessonId).toSorted((a, b) => b.version - a.version)[0]
  }
  const report = (more: object = {}) => ({ students: attended(world.people.student.userId), ...more })
  /** The lesson as it was, but for its version. */
  const isAgain = (lesson: { version: number }, before: { version: number }) =>
    expect({ ...lesson, version: 0 }).to.eql({ ...before, version: 0 })

  it('a correction: the former report stands again, with topic, notes and grade', async () => {
    const { id: lessonId, startsAt } = await planned({ topic: 'Planned' })
    world.clock.set(startsAt)
    const graded = report({ note: 'Well done', privateNote: 'Tired', topic: 'First' })
    graded.students[0] = { ...graded.students[0]!, grade: { scale: 'five', value: 4 } } as never
    const first = await lessons().complete({ lessonId, ...graded })
    const corrected = await lessons().correct({ lessonId, version: 2, ...report({ topic: 'Another' }) })
    isAgain(await lessons().undo({ lessonId, version: corrected.version }), first)
    expect(await lastEvent(lessonId)).to.include({ name: 'corrected', version: 4, topic: 'First', note: 'Well done' })
  })

  it('a report: the lesson waits for one with the topic that was planned, and holds nothing of the report', async () => {
    const lesson = await planned({ topic: 'Planned' })
    world.clock.set(lesson.startsAt)
    const first = await lessons().complete({ lessonId: lesson.id, ...report({ topic: 'Other', note: 'n', privateNote: 'p' }) })
    isAgain(await lessons().undo({ lessonId: lesson.id, version: first.version }), lesson)
    expect(await lastEvent(lesson.id)).to.include({ name: 'reopened', version: 3 })
  })

  it('reopening: the report stands again', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(startsAt)
    const held = await lessons().complete({ lessonId, ...report({ note: 'Well done' }) })
    const reopened = await lessons().reopen({ lessonId })
    expect([reopened.note, reopened.privateNote, reopened.students[0]?.attendance]).to.eql([undefined, undefined, undefined])
    isAgain(await lessons().undo({ lessonId, version: 3 }), held)
    expect(await lastEvent(lessonId)).to.include({ name: 'completed', version: 4, note: 'Well done' })
  })

  it('a move: the lesson is at its place and was never moved; a second move goes back to the first', async () => {
    const lesson = await planned()
    const lessonId = lesson.id
    const to = (days: number) => new Date(Date.parse(lesson.startsAt) + (300 + days) * dayMs).toISOString()
    await lessons().move({ lessonId, startsAt: to(day) })
    isAgain(await lessons().undo({ lessonId, version: 2 }), lesson)
    expect(await lastEvent(lessonId)).to.include({ name: 'moved', back: true, startsAt: lesson.startsAt })
    const once = await lessons().move({ lessonId, startsAt: to(day), minutes: 90 })
    await lessons().move({ lessonId, startsAt: to(day + 1) })
    isAgain(await lessons().undo({ lessonId, version: 5 }), once)
  })

  it('a cancellation, by whoever: the lesson is planned and nothing is charged', async () => {
    const lesson = await planned()
    await lessons().cancel({ lessonId: lesson.id, reason: 'Ill', makeUpCredit: true })
    isAgain(await lessons().undo({ lessonId: lesson.id, version: 2 }), lesson)
    expect(await lastEvent(lesson.id)).to.include({ name: 'restored', version: 3, restoredBy: world.people.tutor.userId })
    const late = await planned()
    await world.as('parent').familyLessons.cancel({ lessonId: late.id, chargePercent: 100, chargeMinor: 150_000 })
    isAgain(await lessons().undo({ lessonId: late.id, version: 2 }), late)
  })

  it('a waiver: the charge stands again', async () => {
    const { id: lessonId } = await planned()
    const off = await world.as('parent').familyLessons.cancel({ lessonId, chargePercent: 100, chargeMinor: 150_000 })
    await lessons().waive({ lessonId })
    isAgain(await lessons().undo({ lessonId, version: 3 }), off)
    expect(await lastEvent(lessonId)).to.include({ name: 'cancelled', chargePercent: 100, version: 4 })
  })

  it('is taken back itself', async () => {
    const { id: lessonId } = await planned()
    const off = await lessons().cancel({ lessonId })
    await lessons().undo({ lessonId, version: 2 })
    isAgain(await lessons().undo({ lessonId, version: 3 }), off)
  })

  it('only in the version that was seen: a change since then is a conflict that names the present version', async () => {
    const { id: lessonId } = await planned()
    await lessons().cancel({ lessonId })
    await lessons().restore({ lessonId })
    const refused = await refusal(lessons().undo({ lessonId, version: 2 }))
    expect([refused.status, refused.code, refused.with]).to.eql([409, 'conflict', { version: 3 }])
  })

  it('for a day to the moment, and a lesson as it was planned has nothing to take back', async () => {
    const { id: lessonId } = await planned()
    expect(await code(lessons().undo({ lessonId, version: 1 }))).to.equal('too_late_to_undo')
    await lessons().cancel({ lessonId })
    world.clock.advance(dayMs + 1)
    expect(await code(lessons().undo({ lessonId, version: 2 }))).to.equal('too_late_to_undo')
    world.clock.advance(-1)
    expect((await lessons().undo({ lessonId, version: 2 })).version).to.equal(3)
  })

  it('not when the time is taken by now: the refusal says whose and when', async () => {
    const lesson = await planned()
    await lessons().cancel({ lessonId: lesson.id })
    const other = await lessons().plan(lessonPlan(world, { startsAt: lesson.startsAt }))
    for (const call of [lessons().undo({ lessonId: lesson.id, version: 2 }), lessons().restore({ lessonId: lesson.id })]) {
      const refused = await refusal(call)
      expect([refused.code, refused.with?.lessonId, refused.with?.startsAt]).to.eql(['double_booked', other.id, lesson.startsAt])
    }
    expect((await lessons().get({ lessonId: lesson.id })).status).to.equal('cancelled_free')
  })

  it('two correct one report at once: one of them is told, and nothing is lost unseen', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(startsAt)
    await lessons().complete({ lessonId, ...report() })
    const correct = (topic: string) => code(lessons().correct({ lessonId, version: 2, ...report({ topic }) })).catch(() => 'saved')
    const answers = await Promise.all(['A', 'B', 'C'].map(correct))
    expect(answers.toSorted()).to.eql(['conflict', 'conflict', 'saved'])
    const now = await lessons().get({ lessonId })
    expect(await lessons().correct({ lessonId, version: 2, ...report({ topic: now.topic }) }), 'the same again').to.eql(now)
  })

  it('what stood before is forgotten after a day, with the private note in it', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(startsAt)
    await lessons().complete({ lessonId, ...report({ privateNote: 'Tired' }) })
    await lessons().reopen({ lessonId })
    const kept = async () => JSON.stringify(await world.sql(`select former from lesson.lesson_former where lesson_id = '${lessonId}'`))
    const { forgetFormers } = (world.services[0]!.deps as Deps).store
    world.clock.advance(dayMs)
    await forgetFormers()
    expect(await kept()).to.include('sealedNote')
    world.clock.advance(1)
    await forgetFormers()
    expect(await kept()).not.to.include('sealedNote')
  })

  it('is for those who give the lesson', async () => {
    const { id: lessonId } = await planned()
    await lessons().cancel({ lessonId })
    expect(await code(as('otherTutor').lessons.undo({ lessonId, version: 2 }))).to.equal('not_found')
  })
})
