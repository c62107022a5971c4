import { randomUUIDv7 } from 'node:crypto'
import { Refused } from '@repitbot/contracts/client'
import { cardOf } from '@repitbot/kit/testing/people'
import type { World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { tidyInbox } from '../src/flows/tidy-inbox.ts'
import { type InboxWorld, openInboxWorld } from './inbox-world.ts'

describe('the inbox', () => {
  let opened: InboxWorld
  let world: World
  before(async () => {
    opened = await openInboxWorld()
    world = opened.world
  })
  beforeEach(() => opened.empty())
  after(() => world.close())
  const seat: InboxWorld['seat'] = (...args) => opened.seat(...args)
  const lesson: InboxWorld['lesson'] = (...args) => opened.lesson(...args)
  const held: InboxWorld['held'] = (...args) => opened.held(...args)
  const inbox: InboxWorld['inbox'] = (...args) => opened.inbox(...args)
  const codes: InboxWorld['codes'] = (...args) => opened.codes(...args)
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => 'nothing',
      (error: unknown) => (error instanceof Refused ? error.problem.code : String(error)),
    )

  it('is the same when every event comes three times, in any order, under its own or another id', async () => {
    const report = held()
    const level = { studentId: world.people.student.userId, from: 1, to: 2 }
    const first = await world.deliver('lesson.completed', report)
    for (let time = 0; time < 3; time++) {
      await world.deliver('student.level_up', level)
      await world.deliver('lesson.completed', report, { id: first.id })
      await world.deliver('lesson.completed', report)
    }
    await world.idle()
    expect((await codes('student')).sort()).to.deep.equal(['lesson_report', 'level_up'])
    expect((await codes('parent')).sort()).to.deep.equal(['lesson_report', 'level_up'])
  })

  it('is read in the language and zone its reader has now, and keeps what came before the card', async () => {
    const newcomer = { ...world.people.student, userId: randomUUIDv7() }
    const report = held({ students: [{ ...seat('student'), studentId: newcomer.userId, attendance: 'attended', minutes: 60 }] })
    await world.deliver('lesson.completed', report)
    await world.idle()
    expect((await inbox(newcomer))[0]?.title).to.equal('Отчёт о твоём занятии: Алгебра')
    await world.deliver('user.created', { ...cardOf('Newcomer', newcomer), language: 'en', zone: 'Asia/Kathmandu', version: 2 })
    await world.deliver('user.updated', { ...cardOf('Newcomer', newcomer), version: 1 })
    await world.idle()
    expect((await inbox(newcomer))[0]).to.include({
      title: 'Report on your lesson: Алгебра',
      body: 'When: Mon 3 Nov, 15:45 (Nepal Time)\nAttended: yes\nTopic: Дроби',
    })
  })

  it('has notices of levels, achievements and streaks', async () => {
    const { userId: studentId } = world.people.student
    await world.deliver('student.level_up', { studentId, from: 1, to: 2 })
    await world.deliver('achievement.earned', { studentId, code: 'first_lesson', rarity: 'common', rewardXp: 50 })
    await world.deliver('streak.reached', { studentId, days: 7 })
    await world.deliver('streak.frozen', { studentId, day: '2025-11-02', days: 7, freezesLeft: 1 })
    await world.idle()
    const mine = new Map((await inbox('student')).map((notice) => [notice.code, notice]))
    expect(mine.get('streak_frozen')?.body).to.equal(
      'День без занятий (2 нояб.) не в счёт: по-прежнему 7 дней подряд.\nВ запасе 1 заморозка',
    )
    expect(mine.get('achievement_earned')?.link).to.deep.equal({ kind: 'student', id: studentId })
    expect([...mine.keys()].sort()).to.deep.equal(['achievement_earned', 'level_up', 'streak_frozen', 'streak_reached'])
    expect((await codes('parent')).sort()).to.deep.equal(['achievement_earned', 'level_up'])
  })

  it('is paged from the newest, counts what is unread, and marks one or all up to one', async () => {
    for (let to = 2; to <= 6; to++) {
      await world.deliver('student.level_up', { studentId: world.people.student.userId, from: to - 1, to })
      await world.idle()
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

  it('belongs to one person: the notice of another is not found', async () => {
    await world.deliver('lesson.completed', held())
    await world.idle()
    const [notice] = await inbox('student')
    for (const who of ['parent', 'admin', 'sibling', 'stranger'] as const)
      expect(await refusal(world.as(who).inbox.read({ noticeId: notice!.id })), who).to.equal('not_found')
    expect(await refusal(world.as('student').inbox.read({ noticeId: randomUUIDv7() }))).to.equal('not_found')
    await world.as('parent').inbox.readAll({ upTo: notice!.id.replace(/^./, 'f') })
    expect(await world.as('student').inbox.unread({})).to.deep.equal({ unread: 1 })
    expect(await refusal(world.anyone().inbox.unread({}))).to.equal('not_signed_in')
  })

  it('has notices for the parents who are linked at that moment, also when link and event come together', async () => {
    const newParent = { ...world.people.parent, userId: randomUUIDv7() }
    const link = { holderId: newParent.userId, overId: world.people.student.userId, as: 'parent' as const, version: 1 }
    await world.deliver('reach.granted', link)
    await world.deliver('lesson.completed', held())
    await world.idle()
    await world.deliver('reach.revoked', { ...link, version: 2 })
    await world.idle()
    await world.deliver('lesson.completed', held())
    await world.idle()
    expect(await codes(newParent)).to.have.length(1)
  })

  it('loses what ended long ago, and nothing else', async () => {
    const tidy = () => tidyInbox(world.services[0]?.deps as Deps)
    await world.deliver('lesson.planned', lesson())
    await world.deliver('lesson.completed', held())
    await world.idle()
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

  it('shows the rows that can be rendered when one cannot, which has its code as the title', async () => {
    await world.deliver('lesson.planned', lesson())
    await world.deliver('lesson.completed', held())
    await world.deliver('student.level_up', { studentId: world.people.student.userId, from: 1, to: 2 })
    await world.idle()
    for (const [code, params] of [
      ['lesson_planned', { subject: 'Algebra', startsAt: 'tomorrow' }],
      ['level_up', { to: { level: 2 } }],
    ] as const)
      await world.sql('update notification.notice set params = $2 where code = $1', [code, JSON.stringify(params)])
    const notices = new Map((await inbox('student')).map(({ code, title, params }) => [code, { title, params }]))
    expect(notices.get('lesson_report')?.title).to.equal('Отчёт о твоём занятии: Алгебра')
    for (const code of ['lesson_planned', 'level_up']) expect(notices.get(code)).to.deep.equal({ title: code, params: {} })
    await world.sql(`update notification.notice set code = 'of_tomorrow' where code = 'level_up'`)
    expect((await inbox('parent')).map(({ title }) => title)).to.include.members(['of_tomorrow', 'student: отчёт о занятии'])
    expect(await world.as('student').inbox.unread({})).to.deep.equal({ unread: 3 })
  })
})
