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

  it('takes back what it said of a cancellation or a move that is undone, and says how it stands to those who had been told', async () => {
    const [known, unknown] = [lesson(), lesson()]
    const cancelled = { version: 2, cancelledBy: world.people.tutor.userId, chargePercent: 0, makeUpCredit: false }
    for (const one of [known, unknown]) await world.deliver('lesson.cancelled', { ...one, ...cancelled })
    await world.idle()
    const first = (await inbox('student')).find(({ link }) => link.id === known.lessonId)
    await world.as('student').inbox.read({ noticeId: first?.id ?? '' })
    for (const one of [known, unknown])
      await world.deliver('lesson.restored', { ...one, version: 3, restoredBy: world.people.tutor.userId })
    await world.idle()
    expect((await inbox('student')).map(({ code, link }) => [code, link.id])).to.deep.equal([['lesson_restored', known.lessonId]])
    expect(await codes('parent')).to.deep.equal([])
    expect(await codes('tutor')).to.deep.equal([])
    const elsewhere = { startsAt: '2025-11-07T14:00:00.000Z', movedBy: world.people.tutor.userId }
    await world.deliver('lesson.moved', { ...known, ...elsewhere, version: 4, movedFrom: known.startsAt })
    await world.idle()
    expect(await codes('parent')).to.deep.equal(['lesson_moved'])
    const movedBack = { version: 5, movedFrom: elsewhere.startsAt, movedBy: elsewhere.movedBy, back: true }
    await world.deliver('lesson.moved', { ...known, ...movedBack })
    await world.idle()
    expect(await codes('parent')).to.deep.equal([])
  })

  it('gathers what one act brings back of a series, and shows no more what was said of its cancellation', async () => {
    const [seriesId, act, undo] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
    const lessons = [13, 20].map((day) => ({ ...lesson(), seriesId, startsAt: `2025-11-${day}T14:00:00.000Z` }))
    const cancelled = { version: 2, cancelledBy: world.people.tutor.userId, chargePercent: 0, makeUpCredit: false }
    for (const one of lessons) await world.deliver('lesson.cancelled', { ...one, ...cancelled }, { correlationId: act })
    await world.idle()
    const [told] = await inbox('parent')
    await world.as('parent').inbox.read({ noticeId: told?.id ?? '' })
    const restored = { version: 3, restoredBy: world.people.tutor.userId, undoes: act }
    for (const one of lessons) await world.deliver('lesson.restored', { ...one, ...restored }, { correlationId: undo })
    await world.idle()
    expect((await inbox('parent')).map(({ title }) => title)).to.deep.equal(['student: всё-таки состоятся 2 занятия'])
    expect(await codes('student')).to.deep.equal([])
  })

  const cancelledBy = (userId: string, more: object = {}) => ({
    ...{ ...lesson(), version: 2, cancelledBy: userId, chargePercent: 50, makeUpCredit: false, reason: 'Болезнь' },
    ...more,
  })
  const planned = 'Оно было назначено на это время: чт, 6 нояб., 17:00.'

  it('says to the tutor whose lesson a family cancelled and what it costs, to the parent too, and to the child nothing of money', async () => {
    await world.deliver('lesson.cancelled', cancelledBy(world.people.student.userId))
    await world.idle()
    const due = `Алгебра. ${planned}\nПричина: Болезнь\nОтмена поздняя: к оплате 750\u00a0₽ (50 % цены)`
    expect(await inbox('tutor')).to.have.length(1)
    expect((await inbox('tutor'))[0]).to.include({ title: 'student: занятие отменено', body: due })
    expect((await inbox('parent')).map(({ body }) => body)).to.deep.equal([due])
    expect(await codes('student')).to.deep.equal([])
    await world.deliver('lesson.cancelled', cancelledBy(world.people.tutor.userId, { lessonId: randomUUIDv7() }))
    await world.idle()
    const [mine] = await inbox('student')
    expect(mine?.body).to.contain(planned)
    expect(JSON.stringify([mine?.title, mine?.body, mine?.params])).to.not.match(/charge|стоимост|оплат|750/)
  })

  it('tells the parent who cancelled late what is due, and one who cancelled in time nothing', async () => {
    const { userId } = world.people.parent
    await world.deliver('lesson.cancelled', cancelledBy(userId))
    await world.deliver('lesson.cancelled', cancelledBy(userId, { lessonId: randomUUIDv7(), chargePercent: 0 }))
    const priceless = [{ ...seat('student'), priceMinor: 0 }]
    await world.deliver('lesson.cancelled', cancelledBy(userId, { lessonId: randomUUIDv7(), students: priceless }))
    await world.idle()
    expect((await inbox('parent')).map(({ body }) => body.split('\n').at(-1))).to.deep.equal([
      'Отмена поздняя: к оплате 750\u00a0₽ (50 % цены)',
    ])
    expect((await inbox('tutor')).map(({ body }) => body.split('\n').at(-1)).sort()).to.deep.equal([
      'Отмена бесплатная',
      'Отмена бесплатная',
      'Отмена поздняя: к оплате 750\u00a0₽ (50 % цены)',
    ])
  })

  it('tells the parent when the charge is waived, and the child nothing of it', async () => {
    const body = cancelledBy(world.people.parent.userId)
    await world.deliver('lesson.cancelled', body)
    await world.deliver('lesson.cancelled', { ...body, version: 3, chargePercent: 0, waived: true })
    await world.idle()
    const [waived, cancelled] = await inbox('parent')
    expect(cancelled?.code).to.equal('lesson_cancelled')
    expect(waived).to.include({ code: 'charge_waived', title: 'student: платить за отмену не нужно' })
    expect(waived?.body).to.equal('Алгебра, чт, 6 нояб., 17:00. Списание за позднюю отмену снято.')
    expect(await codes('student')).to.deep.equal(['lesson_cancelled'])
  })

  it('tells whoever pays for a student and is no parent of what costs or no longer costs, and of nothing else', async () => {
    const link = { holderId: world.people.otherParent.userId, overId: world.people.student.userId, as: 'payer' as const }
    await world.deliver('reach.granted', { ...link, version: 1 })
    const [late, free] = [cancelledBy(world.people.student.userId), { ...cancelledBy(world.people.student.userId), chargePercent: 0 }]
    for (const body of [late, free]) await world.deliver('lesson.cancelled', body)
    await world.idle()
    const [told, ...others] = await inbox('otherParent')
    expect(others).to.deep.equal([])
    expect(told).to.include({ code: 'lesson_cancelled' })
    expect(told?.link.id).to.equal(late.lessonId)
    expect(told?.body).to.contain('750')
    await world.deliver('lesson.cancelled', { ...late, version: 3, chargePercent: 0, waived: true })
    await world.idle()
    expect(await codes('otherParent')).to.deep.equal(['charge_waived', 'lesson_cancelled'])
    await world.as('otherParent').inbox.readAll({ upTo: (await inbox('otherParent'))[0]?.id ?? '' })
    for (const { cancelledBy: _, ...body } of [late, free])
      await world.deliver('lesson.restored', { ...body, version: 4, restoredBy: world.people.tutor.userId })
    await world.idle()
    expect(await codes('otherParent')).to.deep.equal(['lesson_restored', 'charge_waived'])
    await world.deliver('reach.revoked', { ...link, version: 2 })
    await world.idle()
  })

  it('names to a tutor the students of a lesson that an admin moved, and to a family of a group no other child', async () => {
    const students = [seat('student'), seat('sibling'), seat('otherStudent')]
    const moved = { ...lesson(), version: 2, students, type: 'group' as const, movedFrom: '2025-11-05T14:00:00.000Z' }
    await world.deliver('lesson.moved', { ...moved, movedBy: world.people.admin.userId })
    await world.idle()
    expect((await inbox('tutor'))[0]?.title).to.equal('otherStudent, sibling, student: занятие перенесено')
    expect(JSON.stringify(await inbox('otherParent'))).to.not.contain(world.people.student.userId)
    expect(JSON.stringify(await inbox('otherStudent'))).to.not.contain(world.people.student.userId)
  })

  it('tells of a changed lesson what matters to each: length and subject to all, the price to parents, and nothing of a topic or a link', async () => {
    const one = lesson()
    await world.deliver('lesson.planned', one)
    await world.idle()
    await world.sql('truncate notification.notice, notification.delivery')
    const tutorId = world.people.tutor.userId
    const wasOf = ({ subject, minutes, students }: typeof one) => ({ by: tutorId, subject, minutes, students })
    const dearer = one.students.map((each) => ({ ...each, priceMinor: 199_900 }))
    await world.deliver('lesson.planned', { ...one, version: 2, topic: 'Дроби', videoUrl: 'https://meet.test/1', was: wasOf(one) })
    await world.idle()
    expect([await codes('student'), await codes('parent')]).to.deep.equal([[], []])
    const priced = { ...one, version: 3, students: dearer }
    await world.deliver('lesson.planned', { ...priced, was: wasOf(one) })
    await world.idle()
    expect([await codes('student'), await codes('parent'), await codes('tutor')]).to.deep.equal([[], ['price_changed'], []])
    expect((await inbox('parent'))[0]?.body.replaceAll(/\s/g, ' ')).to.contain('Цена теперь: 1 999 ₽')
    await world.deliver('lesson.planned', { ...priced, version: 4, subject: 'Физика', minutes: 90, was: wasOf(priced) })
    await world.idle()
    expect([await codes('student'), await codes('tutor')]).to.deep.equal([['lesson_changed'], []])
    const [told] = await inbox('student')
    expect(told?.title).to.equal('Изменилось занятие: Физика')
    expect(told?.body).to.contain('Раньше предмет был другой: Алгебра').and.to.contain('Теперь занятие длится 90 мин.')
  })

  it('tells a family that is no longer in a lesson that it is off for them, and one that is new in it that it is planned', async () => {
    const one = lesson()
    await world.deliver('lesson.planned', one)
    await world.idle()
    await world.sql('truncate notification.notice, notification.delivery')
    const { subject, minutes, students } = one
    const was = { by: world.people.tutor.userId, subject, minutes, students }
    await world.deliver('lesson.planned', { ...one, version: 2, students: [seat('otherStudent')], was })
    await world.idle()
    expect([await codes('student'), await codes('parent')]).to.deep.equal([['lesson_cancelled'], ['lesson_cancelled']])
    expect([await codes('otherStudent'), await codes('tutor')]).to.deep.equal([['lesson_planned'], []])
  })

  it('tells of a lesson that was moved and changed at once both, and the parent the price', async () => {
    const one = lesson()
    const { subject, minutes, students } = one
    const was = { by: world.people.tutor.userId, subject, minutes, students }
    const to = { startsAt: '2025-11-07T14:00:00.000Z', movedFrom: one.startsAt, movedBy: was.by, subject: 'Физика' }
    await world.deliver('lesson.moved', { ...one, ...to, version: 2, students: students.map((each) => ({ ...each, priceMinor: 5 })), was })
    await world.idle()
    expect((await codes('student')).toSorted()).to.deep.equal(['lesson_changed', 'lesson_moved'])
    expect((await codes('parent')).toSorted()).to.deep.equal(['lesson_changed', 'lesson_moved', 'price_changed'])
    expect(await codes('tutor')).to.deep.equal([])
  })
})
