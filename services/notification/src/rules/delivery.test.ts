import type { Channel } from '@repitbot/contracts/person-card'
import { expect } from 'chai'
import { deliveryResult, nextChannel, routeOf, targetChannels } from './delivery.ts'
import { noticeRows } from './notices.ts'
import { nextAt, quietAt } from './quiet.ts'

const at = (instant: string) => new Date(instant)
const night = { from: '22:00', until: '08:00' }

describe('quiet hours', () => {
  const until = (instant: string, zone: string, quietHours: typeof night | null = null) =>
    quietAt(at(instant), { zone, quietHours })?.until.toISOString()

  it('wrap over midnight in the zone of the person, the first minute in and the last one out', () => {
    expect(until('2026-09-07T18:59:00Z', 'Europe/Moscow')).to.equal(undefined)
    expect(until('2026-09-07T19:00:00Z', 'Europe/Moscow')).to.equal('2026-09-08T05:00:00.000Z')
    expect(until('2026-09-08T04:59:00Z', 'Europe/Moscow')).to.equal('2026-09-08T05:00:00.000Z')
    expect(until('2026-09-08T05:00:00Z', 'Europe/Moscow')).to.equal(undefined)
    expect(until('2026-09-07T12:30:00Z', 'Asia/Vladivostok')).to.equal('2026-09-07T22:00:00.000Z')
  })

  it('lie within a day when they begin before they end, and are none when both are the same', () => {
    expect(until('2026-09-07T11:00:00Z', 'UTC', { from: '10:00', until: '12:00' })).to.equal('2026-09-07T12:00:00.000Z')
    expect(until('2026-09-07T09:00:00Z', 'UTC', { from: '10:00', until: '12:00' })).to.equal(undefined)
    expect(until('2026-09-07T00:00:00Z', 'UTC', { from: '00:00', until: '00:00' })).to.equal(undefined)
  })

  it('end by the wall, in a night that is an hour longer too', () => {
    expect(until('2026-10-24T22:00:00Z', 'Europe/Berlin')).to.equal('2026-10-25T07:00:00.000Z')
  })
})

describe('a time of the day', () => {
  it('is the next one, tomorrow when today’s has passed, and a Sunday for a week', () => {
    const next = (every: 'day' | 'week') => nextAt(at('2026-09-07T15:00:00Z'), { zone: 'Europe/Moscow' }, '18:00', every).toISOString()
    expect(next('day')).to.equal('2026-09-08T15:00:00.000Z')
    expect(next('week')).to.equal('2026-09-13T15:00:00.000Z')
  })
})

describe('the channels of a notice', () => {
  const both = ['telegram', 'email'] as const
  const usable = [...both]

  it('are those that the person chose and can be used, none for a "no", and for security all', () => {
    const leavesBy = (chosen: Channel[] | null, open: Channel[], row = {}) => targetChannels({ chosen, usable: open }, row)
    expect(leavesBy(null, usable), 'never asked').to.deep.equal(['telegram'])
    expect(leavesBy(null, ['email']), 'never asked').to.deep.equal(['email'])
    expect(leavesBy([], usable), 'no').to.deep.equal([])
    expect(leavesBy(['email', 'telegram'], usable)).to.deep.equal(['email', 'telegram'])
    expect(leavesBy(['telegram'], ['email'])).to.deep.equal([])
    for (const chosen of [null, [], ['email' as const]]) expect(leavesBy(chosen, usable, { everywhere: true })).to.deep.equal(both)
    expect(leavesBy(null, [])).to.deep.equal([])
  })

  it('that fail are replaced by no channel to which the person said "no"', () => {
    const next = (chosen: Channel[] | null, row = {}) => nextChannel({ chosen, usable }, ['telegram'], row)
    expect(next(null)).to.equal('email')
    expect(next(['telegram', 'email'])).to.equal('email')
    for (const chosen of [[], ['telegram' as const]]) expect(next(chosen), String(chosen)).to.equal(undefined)
    expect(next(['telegram'], { everywhere: true })).to.equal('email')
    expect(next(null, { noFallback: true })).to.equal(undefined)
  })

  it('are asked again for a message that already waits for one: a "no" that came meanwhile holds', () => {
    const route = (chosen: Channel[] | null, row = {}) => routeOf({ channel: 'email' }, { chosen, usable, row }).kind
    expect([route(null), route(['email']), route(['telegram']), route([])]).to.deep.equal(['send', 'send', 'none', 'none'])
    expect([route([], { everywhere: true }), route([], { noFallback: true })]).to.deep.equal(['send', 'send'])
  })

  it('are tried again while they may come back, and given up for the next one after two hours', () => {
    const tried = (minutes: number) =>
      deliveryResult(
        { attempts: 9, digest: false, createdAt: at('2026-09-07T12:00:00Z') },
        { kind: 'later', reason: 'away' },
        { now: new Date(Date.parse('2026-09-07T12:00:00Z') + minutes * 60_000), sendsAgain: false },
      )
    expect(tried(119)).to.deep.include({ state: 'waiting', triesNext: false })
    expect(tried(121)).to.deep.equal({ state: 'failed', triesNext: true })
  })
})

describe('the matrix of notices', () => {
  const codes = (has: (row: (typeof noticeRows)[number][1]) => boolean) => noticeRows.filter(([, row]) => has(row)).map(([code]) => code)
  const noon = at('2026-09-07T12:00:00Z')
  const passes = (startsAt: string) => codes(({ bypass }) => bypass?.({ startsAt }, noon) === true)

  it('lets through quiet hours what cannot wait: a change within twelve hours, security, and what has a time of its own', () => {
    const always = ['agenda', 'evening_report', 'signed_in', 'telegram_linked', 'password_changed', 'role_changed', 'channel_test']
    expect(passes('2026-09-09T12:00:00Z')).to.have.members(always)
    expect(passes('2026-09-07T23:00:00Z')).to.have.members([
      ...always,
      'lesson_moved',
      'lesson_changed',
      'lesson_as_before',
      'lesson_restored',
      'lesson_cancelled',
    ])
  })

  it('gathers levels, achievements and streaks, by the day for students and by the week for parents', () => {
    expect(codes(({ digest }) => digest?.student === 'day')).to.have.members([
      'level_up',
      'achievement_earned',
      'streak_reached',
      'streak_frozen',
    ])
    expect(codes(({ digest }) => digest?.parent === 'week')).to.have.members(['level_up', 'achievement_earned'])
  })

  it('has for tutors changes, their day and closed chats, and no reports', () => {
    const tutors = codes(({ to }) => to.includes('tutor'))
    expect(tutors).to.include.members(['lesson_moved', 'lesson_cancelled', 'agenda', 'evening_report', 'channel_blocked'])
    expect(tutors).to.not.include.members(['lesson_report', 'lesson_reminder_24h', 'lesson_reminder_1h', 'level_up'])
  })
})
