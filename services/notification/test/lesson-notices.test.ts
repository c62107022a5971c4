import { randomUUIDv7 } from 'node:crypto'
import type { World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { type InboxWorld, openInboxWorld } from './inbox-world.ts'

describe('the inbox, of lessons ahead', () => {
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

  it('has one notice of a series, and later one only for students who join it', async () => {
    const seriesId = randomUUIDv7()
    const lessons = [6, 13, 20].map((day) => ({ ...lesson(), seriesId, startsAt: `2025-11-${String(day).padStart(2, '0')}T14:00:00.000Z` }))
    for (const one of lessons.toReversed()) await world.deliver('lesson.planned', one)
    await world.idle()
    for (const one of lessons)
      await world.deliver('lesson.planned', { ...one, version: 2, students: [seat('student'), seat('otherStudent')] })
    await world.deliver('lesson.planned', { ...lesson(), seriesId, startsAt: '2026-02-05T14:00:00.000Z' })
    await world.idle()
    for (const who of ['student', 'parent', 'otherStudent', 'otherParent'] as const)
      expect(await codes(who), who).to.deep.equal(['series_planned'])
  })

  it('gathers the lessons of a series that were moved by one request, and keeps single ones apart', async () => {
    const seriesId = randomUUIDv7()
    const correlationId = randomUUIDv7()
    const moved = (day: number) => ({
      ...lesson(),
      seriesId,
      version: 2,
      startsAt: `2025-11-${day}T15:00:00.000Z`,
      movedFrom: `2025-11-${day}T14:00:00.000Z`,
    })
    await world.deliver('lesson.moved', moved(20), { correlationId })
    await world.idle()
    for (const day of [13, 27]) await world.deliver('lesson.moved', moved(day), { correlationId })
    await world.idle()
    const [gathered, ...others] = await inbox('student')
    expect(others).to.deep.equal([])
    expect(gathered).to.deep.include({ title: 'Перенесены 3 занятия: Алгебра', link: { kind: 'series', id: seriesId } })
    expect(gathered?.body).to.contain('чт, 13 нояб., 18:00')
    await world.deliver('lesson.moved', moved(14))
    await world.idle()
    expect((await inbox('student'))[0]?.title).to.equal('Занятие перенесено: Алгебра')
  })

  it('says to the tutor that a family cancelled, to the parent what it costs, and to the child nothing of money', async () => {
    const body = {
      ...lesson(),
      version: 2,
      cancelledBy: world.people.parent.userId,
      chargePercent: 50,
      makeUpCredit: false,
      reason: 'Болезнь',
    }
    await Promise.all([
      world.deliver('lesson.cancelled', { ...body, cancelledBy: world.people.student.userId }),
      world.deliver('lesson.cancelled', { ...body, version: 3, chargePercent: 0, waived: true }),
    ])
    await world.idle()
    expect((await inbox('tutor'))[0]?.title).to.equal('Ваше занятие отменено: Алгебра')
    expect((await inbox('parent')).map(({ body: text }) => text)).to.deep.equal([
      'Алгебра. Оно было назначено на это время: чт, 6 нояб., 17:00.\nПричина: Болезнь\nОтмена поздняя: к оплате 50 % стоимости',
    ])
    expect(await codes('student')).to.deep.equal([])
    await world.deliver('lesson.cancelled', { ...body, lessonId: randomUUIDv7() })
    await world.idle()
    expect(await codes('parent')).to.have.length(1)
    const [mine] = await inbox('student')
    expect(JSON.stringify(mine)).not.to.contain('chargePercent').and.not.contain('стоимост')
  })
})
