import { randomUUIDv7 } from 'node:crypto'
import { Refused } from '@repitbot/contracts/client'
import { cardOf } from '@repitbot/kit/testing/people'
import { until } from '@repitbot/kit/testing/until'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { studentService } from '../src/service.ts'
import { completedLesson, graded, ledgerOf, reopened } from './story.ts'

describe('the student service', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ services: [studentService] })
    world.clock.set('2026-11-20T12:00:00Z')
  })
  afterEach(() => world.close())
  const idOf = (who: keyof World['people']) => ({ studentId: world.people[who].userId })
  const holdLesson = async (given: Parameters<typeof completedLesson>[2] = { grade: graded(95) }) => {
    const lesson = completedLesson(world, 'student', given)
    const envelope = await world.deliver('lesson.completed', lesson)
    await world.idle()
    return { lesson, envelope }
  }
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'answered',
      (error) => (error instanceof Refused ? error.problem.code : String(error)),
    )

  it('an attended lesson is XP, an achievement and a streak, published with the correlation id of the report', async () => {
    const { lesson, envelope } = await holdLesson()
    const { correlationId, id } = envelope
    expect((await ledgerOf(world, 'student')).sums).to.deep.equal({ [lesson.lessonId]: 250, first_lesson: 50 })
    const [earned] = await world.published('xp.earned')
    expect(earned).to.deep.include({ correlationId, schoolId: world.people.student.schoolId })
    expect(earned?.body).to.deep.equal({
      ...idOf('student'),
      delta: 250,
      totalXp: 250,
      level: 1,
      source: 'lesson',
      sourceId: lesson.lessonId,
      heldAt: '2026-11-20T12:00:00.000Z',
    })
    expect((await world.published('achievement.earned')).map(({ body }) => body)).to.deep.equal([
      { ...idOf('student'), code: 'first_lesson', rarity: 'common', rewardXp: 50 },
    ])
    const [row] = await world.sql(
      'select event_id, rule_version, settings_generation, source_type from student.xp_ledger where source_id = $1',
      [lesson.lessonId],
    )
    expect(row).to.deep.equal({ event_id: id, rule_version: 1, settings_generation: 0, source_type: 'lesson' })
  })

  it('shows progress to the student, the parent, the tutor and the admin alike', async () => {
    await holdLesson()
    const seen = await Promise.all(
      (['student', 'parent', 'tutor', 'admin'] as const).map((who) => world.as(who).students.progress({ ...idOf('student'), days: 7 })),
    )
    for (const one of seen) expect(one).to.deep.equal(seen[0])
    expect(seen[0]).to.deep.equal({
      ...idOf('student'),
      gameOn: true,
      level: 1,
      totalXp: 300,
      levelXp: 300,
      xpToNext: 700,
      progressPercent: 30,
      streak: { current: 1, best: 1, atRisk: false, freezesHeld: 1, calendar: [{ day: '2026-11-20', kind: 'active', lessons: 1 }] },
      weekStreak: { current: 0, best: 0 },
    })
  })

  it('answers not_found without reach, as for a student who does not exist', async () => {
    for (const who of ['sibling', 'otherStudent', 'otherParent', 'otherTutor', 'stranger', 'tutorB'] as const) {
      const { students } = world.as(who)
      expect(await codeOf(students.progress(idOf('student'))), who).to.equal('not_found')
      expect(await codeOf(students.achievements(idOf('student'))), who).to.equal('not_found')
      expect(await codeOf(students.history(idOf('student'))), who).to.equal('not_found')
      expect(await codeOf(students.switchGame({ ...idOf('student'), on: false })), who).to.equal('not_found')
    }
    expect(await codeOf(world.as('otherParent').students.pause({ ...idOf('student'), from: '2026-11-20', until: '2026-11-21' }))).to.equal(
      'not_found',
    )
    expect(await codeOf(world.as('student').students.pause({ ...idOf('student'), from: '2026-11-20', until: '2026-11-21' }))).to.equal(
      'forbidden',
    )
    expect(await codeOf(world.as('admin').students.progress({ studentId: randomUUIDv7() }))).to.equal('not_found')
    expect(await codeOf(world.as('tutor').students.progress({ studentId: world.people.tutor.userId }))).to.equal('not_found')
  })

  it('lists achievements with progress, the hidden ones only once earned', async () => {
    await holdLesson()
    const list = await world.as('parent').students.achievements(idOf('student'))
    const byCode = new Map(list.map((one) => [one.code, one]))
    expect(byCode.get('first_lesson')).to.deep.equal({
      code: 'first_lesson',
      rarity: 'common',
      goal: 1,
      progress: 1,
      rewardXp: 50,
      earnedAt: '2026-11-20T12:00:00.000Z',
    })
    expect(byCode.get('student_10')).to.include({ goal: 10, progress: 1, earnedAt: null })
    expect(byCode.has('comeback')).to.equal(false)
  })

  it('pages through the XP history, the latest first', async () => {
    await holdLesson()
    const { students } = world.as('student')
    const first = await students.history({ ...idOf('student'), limit: 1 })
    const second = await students.history({ ...idOf('student'), limit: 1, before: first.next ?? '' })
    expect([...first.rows, ...second.rows].map(({ delta }) => delta).sort()).to.deep.equal([250, 50])
    expect(second.next, 'no empty page comes after the last row').to.equal(null)
  })

  it('a correction writes the difference, a lesson taken back gives all its XP back', async () => {
    const lesson = completedLesson(world, 'sibling', { grade: graded(95) })
    await world.deliver('lesson.completed', lesson)
    await world.idle()
    await world.deliver('lesson.corrected', {
      ...lesson,
      version: 3,
      students: lesson.students.map((seat) => ({ ...seat, grade: graded(60) })),
    })
    await world.idle()
    expect((await ledgerOf(world, 'sibling')).sums[lesson.lessonId]).to.equal(180)
    await world.deliver('lesson.reopened', reopened(lesson, 4))
    await world.idle()
    expect((await ledgerOf(world, 'sibling')).sums).to.deep.equal({ first_lesson: 50 })
    const deltas = await world.sql('select delta from student.xp_ledger where source_id = $1 order by seq', [lesson.lessonId])
    expect(deltas).to.deep.equal([{ delta: 250 }, { delta: -70 }, { delta: -180 }])
  })

  it('keeps the ledger from being changed or deleted by the service itself', async () => {
    for (const statement of ['update student.xp_ledger set delta = 0', 'delete from student.xp_ledger', 'truncate student.xp_ledger']) {
      const refused = await world.sql(`set role repitbot_student; ${statement}`).catch((error) => error.message)
      expect(refused).to.match(/permission denied/)
    }
  })

  it('lessons that come before the card wait for it, and never count for anybody but a student', async () => {
    const late = { userId: randomUUIDv7(), schoolId: world.people.admin.schoolId, role: 'student' as const }
    const lesson = completedLesson(world, 'student')
    lesson.students = [late.userId, world.people.otherTutor.userId].map((studentId) => ({
      ...lesson.students[0],
      studentId,
    })) as typeof lesson.students
    await world.deliver('lesson.completed', lesson)
    await world.idle()
    const totals = () =>
      world.sql('select total_xp::int as xp, lessons from student.student where student_id = any($1::uuid[]) order by total_xp', [
        [late.userId, world.people.otherTutor.userId],
      ])
    expect(await totals()).to.deep.equal([
      { xp: 0, lessons: 0 },
      { xp: 0, lessons: 0 },
    ])
    await world.deliver('user.created', cardOf('Late', late))
    await world.idle()
    expect(await totals()).to.deep.equal([
      { xp: 0, lessons: 0 },
      { xp: 200, lessons: 1 },
    ])
  })

  it('a report naming a student of another school gives that student nothing', async () => {
    const lesson = completedLesson(world, 'studentB')
    await world.deliver('lesson.completed', lesson)
    await world.idle()
    expect((await ledgerOf(world, 'studentB')).total).to.equal(0)
  })

  it('a batch with reports of two schools gives XP only to the students of the school of each', async () => {
    const [admin, tutorB] = [world.people.admin, world.people.tutorB]
    const ofSchoolA = completedLesson(world, 'studentB', { tutorId: world.people.tutor.userId })
    const ofSchoolB = completedLesson(world, 'studentB', { tutorId: tutorB.userId })
    // Events of one name travel in one message, so the service handles both in one transaction, which sees both schools.
    const publications = [
      { schoolId: tutorB.schoolId, body: ofSchoolB },
      { schoolId: admin.schoolId, body: ofSchoolA },
    ].map(({ schoolId, body }, at) => {
      const [id, name, occurredAt] = [randomUUIDv7(), 'lesson.completed', world.clock.now().toISOString()]
      const envelope = JSON.stringify({ id, name, schemaVersion: 1, schoolId, occurredAt, correlationId: randomUUIDv7(), body })
      return { seq: `${at}`, id, name, envelope }
    })
    const publisher = world.bus.publisher('two-schools')
    await until(() => publisher.publish(publications).catch(() => undefined))
    const rows = () => world.sql('select from student.xp_ledger where source_id = $1', [ofSchoolB.lessonId])
    await until(async () => (await rows()).length > 0)
    expect(Object.keys((await ledgerOf(world, 'studentB')).sums)).to.have.members([ofSchoolB.lessonId, 'first_lesson'])
  })

  it('live settings count from the next lesson on', async () => {
    world.settings({ xp: { multiplierPercent: { lesson: 200 } } })
    const lesson = completedLesson(world, 'otherStudent', { type: 'group' })
    await world.deliver('lesson.completed', lesson)
    await world.idle()
    world.settings({})
    expect((await ledgerOf(world, 'otherStudent')).sums[lesson.lessonId]).to.equal(260)
    const [row] = await world.sql('select settings_generation from student.xp_ledger where source_id = $1', [lesson.lessonId])
    expect(row).to.deep.equal({ settings_generation: 1 })
  })

  it('with the game off XP is counted and nobody is notified', async () => {
    expect(await world.as('parent').students.switchGame({ ...idOf('sibling'), on: false })).to.deep.equal({
      ...idOf('sibling'),
      gameOn: false,
    })
    const before = (await world.published('achievement.earned')).length
    for (let count = 0; count < 4; count++)
      await world.deliver('lesson.completed', completedLesson(world, 'sibling', { type: 'mock_exam', grade: graded(100) }))
    await world.idle()
    expect((await ledgerOf(world, 'sibling')).total).to.equal(1250)
    expect(await world.as('sibling').students.progress(idOf('sibling'))).to.include({ gameOn: false, level: 2 })
    expect(await world.published('student.level_up')).to.deep.equal([])
    expect((await world.published('achievement.earned')).length).to.equal(before)
    expect(
      (await world.published('xp.earned')).filter(({ body }) => body.silent),
      'four lessons and the first achievement',
    ).to.have.length(5)
  })
})
