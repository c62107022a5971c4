import type { World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { type InboxWorld, openInboxWorld } from './inbox-world.ts'

describe('the inbox, of lessons that somebody was cleared from', () => {
  let opened: InboxWorld
  let world: World
  before(async () => {
    opened = await openInboxWorld()
    world = opened.world
  })
  beforeEach(() => opened.empty())
  after(() => world.close())
  const lesson: InboxWorld['lesson'] = (...args) => opened.lesson(...args)
  const seat: InboxWorld['seat'] = (...args) => opened.seat(...args)
  const inbox: InboxWorld['inbox'] = (...args) => opened.inbox(...args)
  const codes: InboxWorld['codes'] = (...args) => opened.codes(...args)

  it('tells the tutor and the parents once, and admins of a tutor', async () => {
    const { student, tutor, parent } = world.people
    const cleared = { version: 2, cancelledBy: student.userId, chargePercent: 0, makeUpCredit: false, cleared: true }
    const group = { ...lesson(), type: 'group' as const, students: [seat('student'), seat('sibling')] }
    await world.deliver('lesson.planned', group)
    await world.idle()
    await world.sql('truncate notification.notice, notification.delivery')
    for (const _ of [1, 2]) await world.deliver('lesson.cancelled', { ...lesson(), ...cleared })
    const { subject, minutes, students } = group
    const was = { by: student.userId, subject, minutes, students }
    await world.deliver('lesson.planned', { ...group, version: 2, students: [seat('sibling')], was })
    const body = { personId: student.userId, name: 'Маша', tutorId: tutor.userId, cancelled: 2, left: 1, version: 7 }
    await world.deliver('lessons.cleared', body)
    await world.deliver('lessons.cleared', body)
    await world.idle()
    for (const who of ['tutor', 'parent'] as const) {
      const [told, ...others] = await inbox(who)
      expect(others, who).to.deep.equal([])
      expect(told).to.deep.include({
        code: 'lessons_cleared',
        title: 'Маша: отменены 3 занятия',
        link: { kind: 'student', id: student.userId },
      })
      expect(told?.body).to.contain('Из них групповых, которые состоятся без этого ученика: 1')
    }
    expect([await codes('student'), await codes('admin')]).to.deep.equal([[], []])
    const own = { ...cleared, cancelledBy: tutor.userId }
    await world.deliver('lesson.cancelled', { ...lesson(), ...own })
    await world.deliver('lessons.cleared', { ...body, personId: tutor.userId, name: 'Олег', cancelled: 1, left: 0 })
    await world.idle()
    expect((await inbox('admin')).map(({ title }) => title)).to.deep.equal(['Олег: отменено 1 занятие'])
    expect(await codes('tutor')).to.deep.equal(['lessons_cleared'])
    expect((await codes(parent)).toSorted()).to.deep.equal(['lesson_cancelled', 'lessons_cleared'])
  })
})
