import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { lessonService } from '../src/service.ts'
import { attended, code, groupPlan, lessonPlan, refusal } from './lesson-requests.ts'

describe('lesson: a planned lesson is changed', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [lessonService] })
  })
  after(() => world.close())
  let day = 0
  /** A lesson on a day of its own, with the clock on the day before. */
  const planned = async (more: object = {}, plan = lessonPlan) => {
    const startsAt = new Date(Date.UTC(2026, 8, 7, 6) + day++ * 86_400_000)
    world.clock.set(new Date(startsAt.getTime() - 86_400_000))
    return world.as('tutor').lessons.plan(plan(world, { startsAt: startsAt.toISOString(), ...more }))
  }
  const publishedOf = async (id: string) =>
    (await world.published('lesson.planned')).map(({ body }) => body).filter(({ lessonId }) => lessonId === id)
  const seatOf = (who: 'student' | 'sibling', priceMinor = 150_000) => ({
    studentId: world.people[who].userId,
    priceMinor,
    currency: 'RUB',
  })

  it('in everything but its start, one version on, and is published whole with what stood before', async () => {
    const { id: lessonId, startsAt } = await planned({ topic: 'Fractions' })
    const change = {
      type: 'group' as const,
      subject: 'Physics',
      topic: 'Light',
      minutes: 90,
      videoUrl: 'https://meet.test/2',
      students: [seatOf('student', 1_999), seatOf('sibling', 5)],
    }
    const changed = await world.as('tutor').lessons.change({ lessonId, version: 1, ...change })
    const { students, ...fields } = change
    expect(changed).to.include({ ...fields, startsAt, status: 'scheduled', version: 2 })
    expect(changed.students.map(({ name, priceMinor }) => [name, priceMinor])).to.eql([
      ['student', 1_999],
      ['sibling', 5],
    ])
    expect(await world.as('tutor').lessons.get({ lessonId })).to.eql(changed)
    const [, said] = await publishedOf(lessonId)
    expect(said).to.deep.include({ ...fields, students, version: 2 })
    expect(said?.was).to.eql({ by: world.people.tutor.userId, subject: 'Maths', minutes: 60, students: [seatOf('student')] })
  })

  it('only in what is given; null takes topic and link away', async () => {
    const lesson = await planned({ topic: 'Fractions', videoUrl: 'https://meet.test/1' })
    const { topic: _topic, videoUrl: _link, ...rest } = lesson
    const changed = await world.as('tutor').lessons.change({ lessonId: lesson.id, version: 1, topic: null, videoUrl: null })
    expect(changed).to.eql({ ...rest, version: 2 })
  })

  it('once: the same change again publishes nothing, and one made from an older version is refused', async () => {
    const { id: lessonId } = await planned()
    const change = { lessonId, version: 1, subject: 'Physics' }
    const [first, again] = [await world.as('tutor').lessons.change(change), await world.as('tutor').lessons.change(change)]
    expect(again).to.eql(first)
    expect(await publishedOf(lessonId)).to.have.length(2)
    expect(await code(world.as('tutor').lessons.change({ lessonId, version: 1, subject: 'Chemistry' }))).to.equal('conflict')
    expect((await world.as('tutor').lessons.get({ lessonId })).subject).to.equal('Physics')
  })

  it('only where nobody is busy, longer or with somebody else', async () => {
    const { id: lessonId, startsAt } = await planned()
    const after = new Date(Date.parse(startsAt) + 3_600_000).toISOString()
    const next = await world.as('tutor').lessons.plan(lessonPlan(world, { startsAt: after, students: [seatOf('sibling')] }))
    const refused = await refusal(world.as('tutor').lessons.change({ lessonId, version: 1, minutes: 61 }))
    expect([refused.code, refused.with?.lessonId]).to.eql(['double_booked', next.id])
    const { otherTutor } = world.people
    await world.as('admin').lessons.plan(lessonPlan(world, { tutorId: otherTutor.userId, startsAt, students: [seatOf('sibling')] }))
    expect(await code(world.as('tutor').lessons.change({ lessonId, version: 1, students: [seatOf('sibling')] }))).to.equal('double_booked')
    expect(await world.as('tutor').lessons.get({ lessonId })).to.include({ minutes: 60, version: 1 })
  })

  it('and gives back the time of a student who is no longer in it', async () => {
    const { id: lessonId, startsAt } = await planned({}, groupPlan)
    await world.as('tutor').lessons.change({ lessonId, version: 1, students: [seatOf('student')] })
    const { otherTutor } = world.people
    await world.as('admin').lessons.plan(lessonPlan(world, { tutorId: otherTutor.userId, startsAt, students: [seatOf('sibling')] }))
  })

  it('with students of the caller alone; who was in it before may stay, whoever teaches them now', async () => {
    const { id: lessonId } = await planned()
    const { otherStudent, tutor, student, admin } = world.people
    const stranger = { studentId: otherStudent.userId, priceMinor: 1 }
    const refused = await refusal(
      world.as('tutor').lessons.change({ lessonId, version: 1, type: 'group', students: [seatOf('student'), stranger] }),
    )
    expect([refused.code, refused.errors?.[0]?.field]).to.eql(['not_found', 'students.1.studentId'])
    const link = { holderId: tutor.userId, overId: student.userId, as: 'tutor' as const, version: 2 }
    await world.deliver('reach.revoked', link, { schoolId: admin.schoolId })
    await world.idle()
    const changed = await world.as('tutor').lessons.change({ lessonId, version: 1, students: [seatOf('student', 7)] })
    expect(changed.students[0]).to.include({ name: 'student', priceMinor: 7 })
    await world.deliver('reach.granted', { ...link, version: 3 }, { schoolId: admin.schoolId })
    await world.idle()
  })

  it('an individual one has one student', async () => {
    const { id: lessonId } = await planned()
    const students = [seatOf('student'), seatOf('sibling')]
    const refused = await refusal(world.as('tutor').lessons.change({ lessonId, version: 1, students }))
    expect([refused.status, refused.errors?.[0]?.field]).to.eql([400, 'students'])
    const { id } = await planned({}, groupPlan)
    expect((await refusal(world.as('tutor').lessons.change({ lessonId: id, version: 1, type: 'individual' }))).status).to.equal(400)
  })

  it('until it is reported or called off', async () => {
    const { id: lessonId, startsAt } = await planned()
    world.clock.set(startsAt)
    await world.as('tutor').lessons.complete({ lessonId, students: attended(world.people.student.userId) })
    expect(await code(world.as('tutor').lessons.change({ lessonId, version: 2, subject: 'Physics' }))).to.equal('already_completed')
    const { id } = await planned()
    await world.as('tutor').lessons.cancel({ lessonId: id })
    expect(await code(world.as('tutor').lessons.change({ lessonId: id, version: 2, subject: 'Physics' }))).to.equal('already_cancelled')
  })
})
