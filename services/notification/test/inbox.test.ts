import { randomUUIDv7 } from 'node:crypto'
import { Refused } from '@repitbot/contracts/client'
import type { NewEvent } from '@repitbot/contracts/events'
import { cardOf } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { tidyInbox } from '../src/flows/tidy-inbox.ts'
import { notificationService } from '../src/service.ts'

type Body<N extends NewEvent['name']> = Extract<NewEvent, { name: N }>['body']
const now = '2025-11-03T12:00:00.000Z'
const ahead = '2025-11-06T14:00:00.000Z'

describe('the inbox', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [notificationService] })
  })
  beforeEach(async () => {
    await world.sql('truncate notification.notice, notification.delivery, notification.lesson, notification.lesson_xp')
    world.clock.set(now)
  })
  after(() => world.close())

  const seat = (who: 'student' | 'sibling' | 'otherStudent') => ({
    studentId: world.people[who].userId,
    priceMinor: 150_000,
    currency: 'RUB',
  })
  const lesson = () => ({
    lessonId: randomUUIDv7(),
    tutorId: world.people.tutor.userId,
    type: 'individual' as const,
    subject: 'Алгебра',
    startsAt: ahead,
    minutes: 60,
    zone: 'Europe/Moscow',
    version: 1,
    students: [seat('student')],
  })
  const held = (more: Partial<Body<'lesson.completed'>> = {}): Body<'lesson.completed'> => ({
    ...lesson(),
    startsAt: '2025-11-03T10:00:00.000Z',
    heldAt: '2025-11-03T10:00:00.000Z',
    topic: 'Дроби',
    students: [{ ...seat('student'), attendance: 'attended', minutes: 60, grade: { scale: 'five', value: 5, percent: 95, perfect: true } }],
    ...more,
  })
  const inbox = async (who: Parameters<World['as']>[0]) => (await world.as(who).inbox.list({})).notices
  const codes = async (who: Parameters<World['as']>[0]) => (await inbox(who)).map(({ code }) => code)
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => 'nothing',
      (error: unknown) => (error instanceof Refused ? error.problem.code : String(error)),
    )

  it('has a report for the student and each parent, with the correlation id of the request that made it', async () => {
    const { correlationId } = await world.deliver('lesson.completed', held())
    await world.settled()
    const [mine] = await inbox('student')
    expect(mine).to.include({ code: 'lesson_report', title: 'Отчёт о твоём занятии: Алгебра', correlationId, createdAt: now, readAt: null })
    expect(mine?.body).to.equal('Когда: пн, 3 нояб., 13:00\nПосещение: да\nТема: Дроби\nОценка: 5 из 5')
    expect(await inbox('parent')).to.have.length(1)
    expect((await inbox('parent'))[0]).to.include({ title: 'student: отчёт о занятии', correlationId })
    for (const who of ['tutor', 'otherParent', 'sibling', 'stranger'] as const) expect(await inbox(who), who).to.deep.equal([])
  })

  it('tells each family of a group lesson of its own child only', async () => {
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
    await world.settled()
    const [theirs] = await inbox('otherParent')
    expect(theirs?.body).to.contain('без уважительной причины').and.not.contain('Оценка')
    expect(JSON.stringify(theirs)).not.to.contain(world.people.student.userId)
    expect(JSON.stringify(await inbox('parent'))).not.to.contain(world.people.otherStudent.userId)
  })

  it('is the same when every event comes three times, in any order, under its own or another id', async () => {
    const report = held()
    const level = { studentId: world.people.student.userId, from: 1, to: 2 }
    const first = await world.deliver('lesson.completed', report)
    for (let time = 0; time < 3; time++) {
      await world.deliver('student.level_up', level)
      await world.deliver('lesson.completed', report, { id: first.id })
      await world.deliver('lesson.completed', report)
    }
    await world.settled()
    expect((await codes('student')).sort()).to.deep.equal(['lesson_report', 'level_up'])
    expect((await codes('parent')).sort()).to.deep.equal(['lesson_report', 'level_up'])
  })

  it('shows the XP of a lesson in its report, whichever is heard first, and none of a game switched off', async () => {
    const [one, two, three] = [held(), held(), held()]
    const xp = (body: Body<'lesson.completed'>, delta: number, silent?: boolean) =>
      world.deliver('xp.earned', {
        studentId: world.people.student.userId,
        ...{ delta, totalXp: delta, level: 1, source: 'lesson', sourceId: body.lessonId, heldAt: body.heldAt, silent },
      })
    await xp(one, 250)
    await world.settled()
    for (const body of [one, two, three]) await world.deliver('lesson.completed', body)
    await world.settled()
    await xp(two, 100)
    await xp(two, 60)
    await xp(three, 300, true)
    await world.settled()
    const shown = new Map((await inbox('parent')).map(({ link, params }) => [link.id, params.xp]))
    expect([one, two, three].map(({ lessonId }) => shown.get(lessonId))).to.deep.equal([250, 160, undefined])
  })

  it('is read in the language and zone its reader has now, and keeps what came before the card', async () => {
    const newcomer = { ...world.people.student, userId: randomUUIDv7() }
    const report = held({ students: [{ ...seat('student'), studentId: newcomer.userId, attendance: 'attended', minutes: 60 }] })
    await world.deliver('lesson.completed', report)
    await world.settled()
    expect((await inbox(newcomer))[0]?.title).to.equal('Отчёт о твоём занятии: Алгебра')
    await world.deliver('user.created', { ...cardOf('Newcomer', newcomer), language: 'en', zone: 'Asia/Kathmandu', version: 2 })
    await world.deliver('user.updated', { ...cardOf('Newcomer', newcomer), version: 1 })
    await world.settled()
    expect((await inbox(newcomer))[0]).to.include({
      title: 'Report on your lesson: Алгебра',
      body: 'When: Mon 3 Nov, 15:45 (Nepal Time)\nAttended: yes\nTopic: Дроби',
    })
  })

  it('tells of a corrected report those for whom it changed, and takes a report back when the lesson is reopened', async () => {
    const students = [
      { ...seat('student'), attendance: 'attended' as const, minutes: 60 },
      { ...seat('otherStudent'), attendance: 'attended' as const, minutes: 60 },
    ]
    const report = held({ type: 'group', students })
    await world.deliver('lesson.completed', report)
    await world.settled()
    const excused = [{ ...students[0]!, attendance: 'excused' as const }, students[1]!]
    await world.deliver('lesson.corrected', { ...report, version: 2, students: excused })
    await world.settled()
    expect(await codes('student')).to.deep.equal(['lesson_corrected', 'lesson_report'])
    expect(await codes('otherStudent')).to.deep.equal(['lesson_report'])
    const { note: _note, ...reopened } = report
    await world.deliver('lesson.reopened', { ...reopened, version: 3 })
    await world.settled()
    expect([...(await codes('student')), ...(await codes('otherParent'))]).to.deep.equal([])
  })

  it('tells once of a series, and later only those who join it', async () => {
    const seriesId = randomUUIDv7()
    const lessons = [6, 13, 20].map((day) => ({ ...lesson(), seriesId, startsAt: `2025-11-${String(day).padStart(2, '0')}T14:00:00.000Z` }))
    for (const one of lessons.toReversed()) await world.deliver('lesson.planned', one)
    await world.settled()
    for (const one of lessons)
      await world.deliver('lesson.planned', { ...one, version: 2, students: [seat('student'), seat('otherStudent')] })
    await world.deliver('lesson.planned', { ...lesson(), seriesId, startsAt: '2026-02-05T14:00:00.000Z' })
    await world.settled()
    for (const who of ['student', 'parent', 'otherStudent', 'otherParent'] as const)
      expect(await codes(who), who).to.deep.equal(['series_planned'])
  })

  it('gathers the lessons of a series that were moved by one request, and tells single ones apart', async () => {
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
    await world.settled()
    for (const day of [13, 27]) await world.deliver('lesson.moved', moved(day), { correlationId })
    await world.settled()
    const [gathered, ...others] = await inbox('student')
    expect(others).to.deep.equal([])
    expect(gathered).to.deep.include({ title: 'Перенесены 3 занятия: Алгебра', link: { kind: 'series', id: seriesId } })
    expect(gathered?.body).to.contain('чт, 13 нояб., 18:00')
    await world.deliver('lesson.moved', moved(14))
    await world.settled()
    expect((await inbox('student'))[0]?.title).to.equal('Занятие перенесено: Алгебра')
  })

  it('tells a tutor that a family called off, the parent what it costs, and the child nothing of money', async () => {
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
    await world.settled()
    expect((await inbox('tutor'))[0]?.title).to.equal('Ваше занятие отменено: Алгебра')
    expect((await inbox('parent')).map(({ body: text }) => text)).to.deep.equal([
      'Алгебра. Оно было назначено на это время: чт, 6 нояб., 17:00.\nПричина: Болезнь\nОтмена поздняя: к оплате 50 % стоимости',
    ])
    expect(await codes('student')).to.deep.equal([])
    await world.deliver('lesson.cancelled', { ...body, lessonId: randomUUIDv7() })
    await world.settled()
    expect(await codes('parent')).to.have.length(1)
    const [mine] = await inbox('student')
    expect(JSON.stringify(mine)).not.to.contain('chargePercent').and.not.contain('стоимост')
  })

  it('tells of levels, achievements and streaks', async () => {
    const { userId: studentId } = world.people.student
    await world.deliver('student.level_up', { studentId, from: 1, to: 2 })
    await world.deliver('achievement.earned', { studentId, code: 'first_lesson', rarity: 'common', rewardXp: 50 })
    await world.deliver('streak.reached', { studentId, days: 7 })
    await world.deliver('streak.frozen', { studentId, day: '2025-11-02', days: 7, freezesLeft: 1 })
    await world.settled()
    const mine = new Map((await inbox('student')).map((notice) => [notice.code, notice]))
    expect(mine.get('streak_frozen')?.body).to.equal(
      'День без занятий (2 нояб.) не в счёт: серия остаётся, в ней 7 дней.\nВ запасе 1 заморозка',
    )
    expect(mine.get('achievement_earned')?.link).to.deep.equal({ kind: 'student', id: studentId })
    expect([...mine.keys()].sort()).to.deep.equal(['achievement_earned', 'level_up', 'streak_frozen', 'streak_reached'])
    expect((await codes('parent')).sort()).to.deep.equal(['achievement_earned', 'level_up'])
  })

  it('is paged from the newest, counts what is unread, and marks one or all up to one', async () => {
    for (let to = 2; to <= 6; to++) {
      await world.deliver('student.level_up', { studentId: world.people.student.userId, from: to - 1, to })
      await world.settled()
    }
    const mine = world.as('student').inbox
    const page = await mine.list({ limit: 2 })
    const rest = await mine.list({ limit: 100, before: page.next! })
    expect([...page.notices, ...rest.notices].map(({ params }) => params.to)).to.deep.equal([6, 5, 4, 3, 2])
    expect(rest.next).to.equal(null)
    expect(await mine.unread({})).to.deep.equal({ unread: 5 })
    const [, second] = page.notices
    expect(await mine.read({ noticeId: second!.id })).to.deep.equal({ unread: 4 })
    const readAt = (await mine.list({})).notices[1]?.readAt
    world.clock.advance(60_000)
    expect(await mine.read({ noticeId: second!.id })).to.deep.equal({ unread: 4 })
    expect((await mine.list({})).notices[1]?.readAt).to.equal(readAt)
    expect(await mine.readAll({ upTo: second!.id })).to.deep.equal({ unread: 1 })
    expect((await mine.list({ only: 'unread' })).notices.map(({ params }) => params.to)).to.deep.equal([6])
  })

  it('is everybody’s own: a notice of somebody else is one that is not there', async () => {
    await world.deliver('lesson.completed', held())
    await world.settled()
    const [notice] = await inbox('student')
    for (const who of ['parent', 'admin', 'sibling', 'stranger'] as const)
      expect(await refusal(world.as(who).inbox.read({ noticeId: notice!.id })), who).to.equal('not_found')
    expect(await refusal(world.as('student').inbox.read({ noticeId: randomUUIDv7() }))).to.equal('not_found')
    await world.as('parent').inbox.readAll({ upTo: notice!.id.replace(/^./, 'f') })
    expect(await world.as('student').inbox.unread({})).to.deep.equal({ unread: 1 })
    expect(await refusal(world.anyone().inbox.unread({}))).to.equal('not_signed_in')
  })

  it('tells parents by the links of the moment, also when link and event come together', async () => {
    const newParent = { ...world.people.parent, userId: randomUUIDv7() }
    const link = { holderId: newParent.userId, overId: world.people.student.userId, as: 'parent' as const, version: 1 }
    await world.deliver('reach.granted', link)
    await world.deliver('lesson.completed', held())
    await world.settled()
    await world.deliver('reach.revoked', { ...link, version: 2 })
    await world.settled()
    await world.deliver('lesson.completed', held())
    await world.settled()
    expect(await codes(newParent)).to.have.length(1)
  })

  it('forgets what ended long ago, and nothing else', async () => {
    const tidy = () => tidyInbox(world.services[0]?.deps as Deps)
    await world.deliver('lesson.planned', lesson())
    await world.deliver('lesson.completed', held())
    await world.settled()
    const left = async () => (await world.sql<{ code: string }>('select code from notification.notice')).length
    world.clock.set('2025-12-10T00:00:00Z')
    await tidy()
    expect(await left()).to.equal(4)
    world.clock.set('2025-12-12T00:00:00Z')
    await tidy()
    expect(await left()).to.equal(2)
    expect(await codes('student')).to.deep.equal(['lesson_report'])
    expect(await world.sql('select from notification.lesson')).to.have.length(0)
  })
})
