import type { World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { type Body, type InboxWorld, now, openInboxWorld } from './inbox-world.ts'

describe('the inbox, of reports', () => {
  let opened: InboxWorld
  let world: World
  before(async () => {
    opened = await openInboxWorld()
    world = opened.world
  })
  beforeEach(() => opened.empty())
  after(() => world.close())
  const seat: InboxWorld['seat'] = (...args) => opened.seat(...args)
  const held: InboxWorld['held'] = (...args) => opened.held(...args)
  const inbox: InboxWorld['inbox'] = (...args) => opened.inbox(...args)
  const codes: InboxWorld['codes'] = (...args) => opened.codes(...args)

  it('has a report for the student and each parent, with the correlation id of the request that made it', async () => {
    const { correlationId } = await world.deliver('lesson.completed', held())
    await world.idle()
    const [mine] = await inbox('student')
    expect(mine).to.include({ code: 'lesson_report', title: 'Отчёт о твоём занятии: Алгебра', correlationId, createdAt: now, readAt: null })
    expect(mine?.body).to.equal('Когда: пн, 3 нояб., 13:00\nПосещение: да\nТема: Дроби\nОценка: 5 из 5')
    expect(await inbox('parent')).to.have.length(1)
    expect((await inbox('parent'))[0]).to.include({ title: 'student: отчёт о занятии', correlationId })
    for (const who of ['tutor', 'otherParent', 'sibling', 'stranger'] as const) expect(await inbox(who), who).to.deep.equal([])
  })

  it('has for each family of a group lesson only their own child', async () => {
    const students = [
      {
        ...seat('student'),
        attendance: 'attended' as const,
        minutes: 60,
        grade: { scale: 'five' as const, value: 5, percent: 95, perfect: true },
      },
      { ...seat('otherStudent'), attendance: 'unexcused' as const, minutes: 0 },
    ]
    await world.deliver('lesson.completed', held({ type: 'group', students }))
    await world.idle()
    const [theirs] = await inbox('otherParent')
    expect(theirs?.body).to.contain('без уважительной причины').and.not.contain('Оценка')
    expect(JSON.stringify(theirs)).not.to.contain(world.people.student.userId)
    expect(JSON.stringify(await inbox('parent'))).not.to.contain(world.people.otherStudent.userId)
  })

  it('shows the XP of a lesson in its report, whichever event comes first, and none while the game is off', async () => {
    const [one, two, three] = [held(), held(), held()]
    const xp = (body: Body<'lesson.completed'>, delta: number, silent?: boolean) =>
      world.deliver('xp.earned', {
        studentId: world.people.student.userId,
        delta,
        totalXp: delta,
        level: 1,
        source: 'lesson',
        sourceId: body.lessonId,
        heldAt: body.heldAt,
        silent,
      })
    await xp(one, 250)
    await world.idle()
    for (const body of [one, two, three]) await world.deliver('lesson.completed', body)
    await world.idle()
    await xp(two, 100)
    await xp(two, 60)
    await xp(three, 300, true)
    await world.idle()
    const xpShown = new Map((await inbox('parent')).map(({ link, params }) => [link.id, params.xp]))
    expect([one, two, three].map(({ lessonId }) => xpShown.get(lessonId))).to.deep.equal([250, 160, undefined])
  })

  it('has a corrected report only for people for whom it changed, and none once the lesson is reopened', async () => {
    const students = [
      { ...seat('student'), attendance: 'attended' as const, minutes: 60 },
      { ...seat('otherStudent'), attendance: 'attended' as const, minutes: 60 },
    ]
    const report = held({ type: 'group', students })
    await world.deliver('lesson.completed', report)
    await world.idle()
    const excused = [{ ...students[0]!, attendance: 'excused' as const }, students[1]!]
    await world.deliver('lesson.corrected', { ...report, version: 2, students: excused })
    await world.idle()
    expect(await codes('student')).to.deep.equal(['lesson_corrected', 'lesson_report'])
    expect(await codes('otherStudent')).to.deep.equal(['lesson_report'])
    const { note: _note, ...reopened } = report
    await world.deliver('lesson.reopened', { ...reopened, version: 3 })
    await world.idle()
    expect([...(await codes('student')), ...(await codes('otherParent'))]).to.deep.equal([])
  })
})
