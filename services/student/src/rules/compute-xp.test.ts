import { expect } from 'chai'
import { ann, context, ledgerOf, lesson, report, settings } from '../../test/memory.ts'
import { newReportsOf, takenBack } from './facts.ts'

describe('computing XP', () => {
  it('an attended lesson earns XP, the first achievement and its reward, and publishes them', () => {
    const ledger = ledgerOf()
    ledger.consume(lesson({ lessonId: 'a', percent: 95 }))
    expect(ledger.sums()).to.deep.equal({ a: 250, first_lesson: 50 })
    expect(ledger.stored.student).to.include({ totalXp: 300, level: 1, lessons: 1, minutes: 60 })
    expect(ledger.published('xp.earned')).to.have.length(2)
    expect(ledger.published('achievement.earned')).to.deep.equal([
      { studentId: 'ann', code: 'first_lesson', rarity: 'common', rewardXp: 50 },
    ])
  })

  it('the same report again changes nothing', () => {
    const ledger = ledgerOf()
    ledger.consume(lesson({ lessonId: 'a' }))
    const events = ledger.stored.events.length
    ledger.consume(lesson({ lessonId: 'a' }), lesson({ lessonId: 'a' }))
    expect(ledger.stored.events).to.have.length(events)
    expect(ledger.stored.student.lessons).to.equal(1)
  })

  it('a regrade is one row of the difference', () => {
    const ledger = ledgerOf()
    ledger.consume(lesson({ lessonId: 'a', percent: 95 }))
    ledger.consume(lesson({ lessonId: 'a', percent: 60, version: 2 }))
    const rows = [...ledger.stored.rows.values()]
      .filter(({ sourceId }) => sourceId === 'a')
      .map(({ delta, reason, seq }) => ({ delta, reason, seq }))
    expect(rows).to.deep.equal([
      { delta: 250, reason: 'lesson', seq: 0 },
      { delta: -70, reason: 'correction', seq: 1 },
    ])
  })

  it('a lesson taken back gives its XP back, and the level stays', () => {
    const ledger = ledgerOf()
    for (const lessonId of ['a', 'b', 'c', 'd']) ledger.consume(lesson({ lessonId, type: 'mock_exam', percent: 100 }))
    expect(ledger.stored.student.level).to.equal(2)
    for (const lessonId of ['a', 'b', 'c', 'd']) ledger.consume(lesson({ lessonId, version: 2, ...takenBack }))
    expect(ledger.lessonXp()).to.equal(0)
    expect(ledger.stored.student).to.include({ level: 2, lessons: 0, minutes: 0, totalXp: 50 })
  })

  it('a lesson that was held on another day after all moves its XP to that day', () => {
    const ledger = ledgerOf()
    const [monday, friday] = [Date.parse('2026-11-16T12:00:00Z'), Date.parse('2026-11-20T12:00:00Z')]
    for (const lessonId of ['a', 'b', 'c', 'd', 'e']) ledger.consume(lesson({ lessonId, heldAt: monday }))
    ledger.consume(lesson({ lessonId: 'a', version: 2, heldAt: monday, ...takenBack }))
    ledger.consume(lesson({ lessonId: 'a', version: 3, heldAt: friday }))
    expect(ledger.lessonXp()).to.equal(5 * 150)
    const digests = [...ledger.stored.days.values()].map(({ digest }) => digest).filter((digest) => digest !== '')
    expect(digests).to.deep.equal(['aaaa', 'a'])
  })

  it('an older version that comes late changes nothing', () => {
    const ledger = ledgerOf()
    ledger.consume(lesson({ lessonId: 'a', version: 3, ...takenBack }))
    ledger.consume(lesson({ lessonId: 'a', version: 2, percent: 95 }))
    expect(ledger.total()).to.equal(0)
  })

  it('a student that a newer version leaves out is not in the lesson, in either order', () => {
    const others = { lessonId: 'a', version: 2, reports: [report({ lessonId: 'a', version: 2, studentId: 'bob' })] }
    const ledger = ledgerOf()
    ledger.consume(lesson({ lessonId: 'a' }))
    ledger.consume(others)
    expect(ledger.lessonXp()).to.equal(0)
    expect(newReportsOf([others, lesson({ lessonId: 'a' })], []).map(({ studentId }) => studentId)).to.deep.equal(['bob'])
    expect(
      newReportsOf([lesson({ lessonId: 'a' })], [{ lessonId: 'a', studentId: 'bob', schoolId: 'school', version: 2, day: null }]),
    ).to.deep.equal([])
  })

  it('the first four lessons of a day earn; a fifth is a row of 0 XP, and a late earlier one takes its place', () => {
    const ledger = ledgerOf()
    const at = (hour: number) => ({ heldAt: Date.parse(`2026-11-20T${hour}:00:00Z`) })
    for (const hour of [11, 12, 13, 14, 15]) ledger.consume(lesson({ lessonId: `${hour}h`, ...at(hour) }))
    expect(ledger.lessonXp()).to.equal(600)
    expect(ledger.stored.rows.get('lesson 15h 0')).to.include({ delta: 0, reason: 'daily_lessons' })
    ledger.consume(lesson({ lessonId: '10h', ...at(10), percent: 100 }))
    expect(ledger.lessonXp()).to.equal(700)
    expect(ledger.stored.rows.get('lesson 14h 1')).to.include({ delta: -150, reason: 'recount' })
  })

  it('the daily cap reduces the last lessons of the day, and a row says so', () => {
    const xp = { ...settings.xp, dailyCapXp: 200 }
    const ledger = ledgerOf()
    ledger.change([report({ lessonId: 'a' })], { ...context, settings: { ...settings, xp } })
    ledger.change([report({ lessonId: 'b', heldAt: Date.parse('2026-11-20T13:00:00Z') })], { ...context, settings: { ...settings, xp } })
    expect(ledger.lessonXp()).to.equal(200)
    expect(ledger.stored.rows.get('lesson b 0')).to.include({ delta: 50, reason: 'lesson' })
    expect(ledger.stored.rows.get('lesson b 1')).to.include({ delta: 0, reason: 'daily_cap' })
  })

  it('a later change of settings rewrites nothing: a regrade keeps the settings that the fact was first counted with', () => {
    const ledger = ledgerOf()
    ledger.consume(lesson({ lessonId: 'a' }))
    const doubled = { ...settings, xp: { ...settings.xp, multiplierPercent: { ...settings.xp.multiplierPercent, lesson: 200 } } }
    ledger.change([report({ lessonId: 'a', version: 2, percent: 95 })], { ...context, settings: doubled, generation: 8 })
    expect(ledger.lessonXp()).to.equal(250)
    expect(ledger.stored.rows.get('lesson a 1')).to.include({ generation: 7 })
  })

  it('absent, excused and too short lessons earn nothing and take nothing', () => {
    const ledger = ledgerOf()
    ledger.consume(
      lesson({ lessonId: 'a', attendance: 'unexcused' }),
      lesson({ lessonId: 'b', attendance: 'excused' }),
      lesson({ lessonId: 'c', minutes: 19 }),
    )
    expect(ledger.lessonXp()).to.equal(0)
  })

  it('only a student earns, and facts wait until a card says who somebody is', () => {
    const tutor = ledgerOf({ ...ann, role: 'tutor' })
    tutor.consume(lesson({ lessonId: 'a' }))
    expect(tutor.total()).to.equal(0)
    const unknown = ledgerOf({ ...ann, role: null, zones: [] })
    unknown.consume(lesson({ lessonId: 'a' }))
    expect(unknown.total()).to.equal(0)
    unknown.stored.student = ann
    unknown.change([])
    expect(unknown.sums()).to.deep.equal({ a: 150, first_lesson: 50 })
  })

  it('a level reached by a reward earns its own achievement', () => {
    const ledger = ledgerOf({ ...ann, totalXp: 8_000, level: 4 })
    ledger.consume(lesson({ lessonId: 'a', type: 'trial' }))
    expect([...ledger.stored.earned]).to.have.members(['first_lesson', 'level_5'])
    expect(ledger.published('student.level_up')).to.deep.equal([{ studentId: 'ann', from: 4, to: 5 }])
  })

  it('several levels at once are published as one event', () => {
    const ledger = ledgerOf({ ...ann, totalXp: 900 })
    const xp = { ...settings.xp, multiplierPercent: { ...settings.xp.multiplierPercent, lesson: 1000 }, dailyCapXp: 100_000 }
    ledger.change([report({ lessonId: 'a' }), report({ lessonId: 'b' })], { ...context, settings: { ...settings, xp } })
    expect(ledger.published('student.level_up')).to.deep.equal([{ studentId: 'ann', from: 1, to: 3 }])
  })

  it('rare achievements wait until the student has been here two weeks', () => {
    const fresh = ledgerOf({ ...ann, lessons: 49, registeredAt: context.now - 86_400_000 })
    fresh.consume(lesson({ lessonId: 'a' }))
    expect([...fresh.stored.earned]).to.not.include('expert_50')
    fresh.change([], { ...context, now: context.now + 13 * 86_400_000 })
    expect([...fresh.stored.earned]).to.include('expert_50')
  })

  it('with the game off XP is counted and published as silent, and nothing else is published', () => {
    const ledger = ledgerOf({ ...ann, gameOn: false })
    ledger.consume(lesson({ lessonId: 'a' }))
    expect(ledger.stored.student.totalXp).to.equal(200)
    expect(ledger.stored.events.map(({ name }) => name)).to.deep.equal(['xp.earned', 'xp.earned'])
    expect(ledger.published('xp.earned').every((body) => 'silent' in body && body.silent)).to.equal(true)
  })

  it('closing days spends a freeze once, publishes it once, and a late lesson gives it back', () => {
    const ledger = ledgerOf()
    const on = (day: number, hour = 12) => Date.UTC(2026, 10, day, hour)
    for (const day of [10, 11]) ledger.change([report({ lessonId: `${day}`, heldAt: on(day) })], { ...context, now: on(day, 13) })
    for (const hour of [1, 2, 3]) ledger.change([], { ...context, now: on(13, hour) })
    expect(ledger.published('streak.frozen')).to.deep.equal([{ studentId: 'ann', day: '2026-11-12', days: 2, freezesLeft: 0 }])
    ledger.change([report({ lessonId: '12', heldAt: on(12) })], { ...context, now: on(13, 4) })
    expect([...ledger.stored.days.values()].map(({ kind }) => kind)).to.deep.equal(['active', 'active', 'active'])
    expect(ledger.published('streak.reached')).to.deep.equal([{ studentId: 'ann', days: 3 }])
  })
})
