import { cardOf } from '@repitbot/kit/testing/people'
import { setPolicy } from '@repitbot/kit/testing/seen'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { attended, code, groupPlan, lessonPlan, refusal } from './lesson-requests.ts'

describe('lesson: single lessons', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService] })
  })
  after(() => world.close())
  let hour = 0
  /** A lesson at a time of its own, with the clock an hour before it. */
  const planned = async (more: object = {}, plan = lessonPlan) => {
    const startsAt = new Date(Date.UTC(2026, 8, 7, 6) + hour++ * 7_200_000)
    world.clock.set(new Date(startsAt.getTime() - 3_600_000))
    return world.as('tutor').lessons.plan(plan(world, { startsAt: startsAt.toISOString(), ...more }))
  }
  const saidOf = async (
    name: 'lesson.planned' | 'lesson.completed' | 'lesson.corrected' | 'lesson.reopened' | 'lesson.moved' | 'lesson.cancelled',
    id: string,
  ) => (await world.published(name)).map(({ body }) => body).filter((body) => body.lessonId === id)

  it('a planned lesson is in the schedule with its people, and is said', async () => {
    const lesson = await planned({ topic: 'Fractions', videoUrl: 'https://meet.test/1' })
    expect(lesson).to.deep.include({
      tutorId: world.people.tutor.userId,
      tutorName: 'tutor',
      zone: 'Europe/Moscow',
      status: 'scheduled',
      version: 1,
    })
    expect(lesson.students).to.eql([{ studentId: world.people.student.userId, name: 'student', priceMinor: 150_000, currency: 'RUB' }])
    expect(await world.as('tutor').lessons.get({ lessonId: lesson.id })).to.eql(lesson)
    expect(await saidOf('lesson.planned', lesson.id)).to.have.length(1)
  })

  it('completing a lesson twice says it once', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(startsAt)
    const report = { lessonId, topic: 'Fractions', privateNote: 'Tired', students: attended(world.people.student.userId) }
    const first = await world.as('tutor').lessons.complete(report)
    expect(first).to.include({ status: 'completed', version: 2, topic: 'Fractions', privateNote: 'Tired' })
    expect(await world.as('tutor').lessons.complete(report)).to.eql(first)
    expect(await saidOf('lesson.completed', lessonId)).to.have.length(1)
    expect((await saidOf('lesson.completed', lessonId))[0]).to.include({ heldAt: startsAt })
  })

  it('the same report from twenty at once says it once, and all get the same answer', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(startsAt)
    const report = { lessonId, students: attended(world.people.student.userId) }
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.as('tutor').lessons.complete(report)))
    for (const answer of answers) expect(answer).to.eql(answers[0])
    expect(await saidOf('lesson.completed', lessonId)).to.have.length(1)
  })

  it('a different report is a correction, and undo leaves the lesson to be reported again', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(startsAt)
    const students = attended(world.people.student.userId)
    await world.as('tutor').lessons.complete({ lessonId, students })
    const graded = students.map((student) => ({ ...student, minutes: 45, grade: { scale: 'five' as const, value: 5 } }))
    expect(await code(world.as('tutor').lessons.complete({ lessonId, students: graded }))).to.equal('already_completed')
    const corrected = await world.as('tutor').lessons.correct({ lessonId, version: 2, note: 'Well done', students: graded })
    expect(corrected.students[0]).to.deep.include({ minutes: 45, grade: { scale: 'five', value: 5, percent: 95, perfect: true } })
    const reopened = await world.as('tutor').lessons.reopen({ lessonId })
    expect([reopened.status, reopened.note, reopened.students[0]?.attendance]).to.eql(['scheduled', undefined, undefined])
    expect(await world.as('tutor').lessons.get({ lessonId })).to.eql(reopened)
    await world.as('tutor').lessons.complete({ lessonId, students: graded })
    expect((await saidOf('lesson.completed', lessonId)).map(({ version }) => version)).to.eql([2, 5])
    expect([await saidOf('lesson.corrected', lessonId), await saidOf('lesson.reopened', lessonId)].map((said) => said.length)).to.eql([
      1, 1,
    ])
  })

  it("a group is reported with each student's own attendance and price", async () => {
    const { id: lessonId, startsAt } = await planned({}, groupPlan)
    world.clock.set(startsAt)
    const { student, sibling } = world.people
    const missing = await refusal(world.as('tutor').lessons.complete({ lessonId, students: attended(student.userId) }))
    expect([missing.status, missing.errors?.[0]?.field]).to.eql([400, 'students'])
    await world
      .as('tutor')
      .lessons.complete({ lessonId, students: [...attended(student.userId), { studentId: sibling.userId, attendance: 'unexcused' }] })
    const [said] = (await world.published('lesson.completed')).filter(({ body }) => body.lessonId === lessonId)
    expect(said?.body.students.map(({ attendance, priceMinor, minutes }) => [attendance, priceMinor, minutes])).to.eql([
      ['attended', 150_000, 60],
      ['unexcused', 100_000, 0],
    ])
  })

  it('a lesson is not reported before its start', async () => {
    const { id: lessonId } = await planned()
    expect(await code(world.as('tutor').lessons.complete({ lessonId, students: attended(world.people.student.userId) }))).to.equal(
      'not_started',
    )
  })

  it('a moved lesson is the same lesson at another time, and the old time is free again', async () => {
    const { id: lessonId, startsAt } = await planned()
    const to = new Date(Date.parse(startsAt) + 40 * 86_400_000).toISOString()
    const moved = await world.as('tutor').lessons.move({ lessonId, startsAt: to })
    expect(moved).to.include({ id: lessonId, startsAt: to, movedFrom: startsAt, status: 'rescheduled', version: 2 })
    expect(await saidOf('lesson.moved', lessonId)).to.have.length(1)
    const again = await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt }))
    expect(await code(world.as('tutor').lessons.move({ lessonId, startsAt: again.startsAt }))).to.equal('double_booked')
    expect(await world.as('tutor').lessons.get({ lessonId })).to.include({ startsAt: to, version: 2 })
  })

  it('a lesson that is moved by less than its length does not stand in its own way', async () => {
    const { id: lessonId, startsAt } = await planned()
    const to = new Date(Date.parse(startsAt) + 1_800_000).toISOString()
    expect((await world.as('tutor').lessons.move({ lessonId, startsAt: to, minutes: 30 })).minutes).to.equal(30)
  })

  it('a cancelled lesson frees its time and is free for the family when the tutor calls it off', async () => {
    const { id: lessonId, startsAt } = await planned()
    const off = await world.as('tutor').lessons.cancel({ lessonId, reason: 'Ill', makeUpCredit: true })
    expect(off.status).to.equal('cancelled_free')
    expect(off.cancellation).to.include({ by: world.people.tutor.userId, reason: 'Ill', chargePercent: 0, makeUpCredit: true })
    expect(await code(world.as('tutor').lessons.cancel({ lessonId }))).to.equal('already_cancelled')
    await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt }))
  })

  it('a family that calls off too late is charged as the school has it, until the tutor waives it', async () => {
    await setPolicy(world.as('admin'), { noticeHours: 12, lateChargePercent: 50 })
    expect(await world.as('parent').lessonPolicy.get({})).to.eql({ noticeHours: 12, lateChargePercent: 50, version: 2 })
    const { id: lessonId } = await planned()
    const off = await world.as('parent').familyLessons.cancel({ lessonId, reason: 'Ill', chargePercent: 50, chargeMinor: 75_000 })
    expect([off.status, off.cancellation?.chargePercent]).to.eql(['cancelled_chargeable', 50])
    const waived = await world.as('tutor').lessons.waive({ lessonId })
    expect([waived.status, waived.version]).to.eql(['cancelled_free', 3])
    expect((await saidOf('lesson.cancelled', lessonId)).map((body) => (body as { chargePercent: number }).chargePercent)).to.eql([50, 0])
    expect(await code(world.as('tutor').lessons.waive({ lessonId }))).to.equal('nothing_to_waive')
  })

  it('a family does not call off a group', async () => {
    const { id: lessonId } = await planned({}, groupPlan)
    expect(await code(world.as('student').familyLessons.cancel({ lessonId }))).to.equal('group_lesson')
  })

  it('a lesson whose end has passed awaits its report', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(new Date(Date.parse(startsAt) + 3_600_000))
    expect((await world.as('tutor').lessons.get({ lessonId })).status).to.equal('awaiting_confirmation')
  })

  it('the schedule comes in pages, in the order of time', async () => {
    const between = { from: '2026-09-01T00:00:00Z', until: '2026-12-01T00:00:00Z' }
    const all = (await world.as('tutor').lessons.list(between)).lessons
    const paged = []
    let after: string | undefined
    do {
      const page = await world.as('tutor').lessons.list({ ...between, limit: 3, after })
      paged.push(...page.lessons)
      after = page.next ?? undefined
    } while (after)
    expect(paged).to.eql(all)
    expect(all.map(({ startsAt }) => startsAt)).to.eql(all.map(({ startsAt }) => startsAt).toSorted())
  })

  it('a plan for somebody unknown, of another role or out of reach names the field', async () => {
    const { parent, otherStudent, studentB } = world.people
    const plan = (studentId: string, who: 'tutor' | 'admin' = 'tutor') =>
      refusal(
        world.as(who).lessons.plan(
          lessonPlan(world, {
            tutorId: who === 'admin' ? world.people.tutor.userId : undefined,
            students: [{ studentId, priceMinor: 1 }],
          }),
        ),
      )
    const faultOf = ({ status, errors }: Awaited<ReturnType<typeof plan>>) => [status, errors?.[0]?.field]
    expect(faultOf(await plan(otherStudent.userId))).to.eql([404, 'students.0.studentId'])
    expect(faultOf(await plan(studentB.userId, 'admin'))).to.eql([404, 'students.0.studentId'])
    expect(faultOf(await plan(parent.userId, 'admin'))).to.eql([400, 'students.0.studentId'])
    expect(faultOf(await refusal(world.as('tutor').lessons.plan(lessonPlan(world, { tutorId: world.people.otherTutor.userId }))))).to.eql([
      404,
      'tutorId',
    ])
    expect(faultOf(await refusal(world.as('admin').lessons.plan(lessonPlan(world))))).to.eql([400, 'tutorId'])
  })

  it('input out of its bounds is refused and names the field', async () => {
    const field = async (more: object) => (await refusal(world.as('tutor').lessons.plan(lessonPlan(world, more)))).errors?.[0]?.field
    expect(await field({ minutes: 4 })).to.equal('minutes')
    expect(await field({ minutes: 481 })).to.equal('minutes')
    expect(await field({ startsAt: '0000-01-01T00:00:00Z' })).to.equal('startsAt')
    expect(await field({ startsAt: '2031-01-01T00:00:00Z' })).to.equal('startsAt')
    expect(await field({ zone: 'Mars/Olympus' })).to.equal('zone')
    expect(await field({ videoUrl: 'http://plain.test' })).to.equal('videoUrl')
    expect(await field({ version: 7 })).to.equal('version')
    expect(await field({ students: [{ studentId: world.people.student.userId, priceMinor: 10_000_001 }] })).to.equal(
      'students.0.priceMinor',
    )
  })

  it('the newest card of a person is the one that counts, in whatever order cards come', async () => {
    const { sibling } = world.people
    const card = cardOf('Old', sibling)
    await world.deliver('user.updated', { ...card, name: 'Newest', version: 9 })
    await world.deliver('user.updated', { ...card, version: 5 })
    await world.idle()
    const { id: lessonId } = await planned({}, groupPlan)
    expect((await world.as('tutor').lessons.get({ lessonId })).students[1]?.name).to.equal('Newest')
    await world.deliver('user.updated', { ...card, active: false, version: 10 })
    await world.idle()
    expect((await refusal(planned({}, groupPlan))).errors?.[0]?.field).to.equal('students.1.studentId')
    await world.deliver('user.updated', { ...card, version: 11 })
    await world.idle()
  })

  it('are listed from when they begin until they are reported, whatever their age, where only those without a report are asked for', async () => {
    const [past, reported, ahead] = [await planned(), await planned(), await planned()]
    world.clock.set(reported.startsAt)
    await world.as('tutor').lessons.complete({ lessonId: reported.id, students: attended(world.people.student.userId) })
    const list = async (who: 'tutor' | 'otherTutor') => {
      const span = { from: past.startsAt, until: new Date(Date.parse(ahead.startsAt) + 1).toISOString() }
      return (await world.as(who).lessons.list({ ...span, state: 'unreported' })).lessons.map(({ id }) => id)
    }
    expect(await list('tutor')).to.eql([past.id])
    world.clock.set(ahead.startsAt)
    expect(await list('tutor')).to.eql([past.id, ahead.id])
    expect(await list('otherTutor')).to.eql([])
  })

  it('of a span end before its end: a lesson at midnight stands in one day', async () => {
    const { startsAt } = await planned()
    const list = async (from: string, until: string) => (await world.as('tutor').lessons.list({ from, until })).lessons.length
    expect(await list(new Date(Date.parse(startsAt) - 60_000).toISOString(), startsAt)).to.equal(0)
    expect(await list(startsAt, new Date(Date.parse(startsAt) + 60_000).toISOString())).to.equal(1)
  })
})
