import { Settings } from '@repitbot/contracts/settings'
import { expect } from 'chai'
import fc from 'fast-check'
import { type HeardLesson, newsOf, takenBack } from './facts.ts'
import { settle } from './settle.ts'
import type { Day, Fact, HeardReport, LedgerRow, Pause, Settled, Student } from './student.ts'

const settings = Settings.parse({})
const terrain = { settings, generation: 7, now: Date.parse('2026-11-23T12:00:00Z'), dayStartHour: 0 }
const ann: Student = {
  id: 'ann',
  schoolId: 'school',
  role: 'student',
  cardVersion: 1,
  zones: [{ version: 1, zone: 'Europe/Moscow', since: 0 }],
  registeredAt: 0,
  gameOn: true,
  totalXp: 0,
  level: 1,
  lessons: 0,
  minutes: 0,
  subjects: {},
  milestone: 0,
  closeAt: null,
}

/** What the store does, in memory: keeps what a settlement leaves behind, and refuses a ledger row written twice. */
function ledgerOf(student: Student = ann) {
  const kept = {
    student,
    facts: new Map<string, Fact>(),
    days: new Map<number, Day>(),
    pauses: [] as Pause[],
    earned: new Set<string>(),
    rows: new Map<string, LedgerRow>(),
    says: [] as Settled['says'],
  }
  const change = (reports: HeardReport[], at = terrain) => {
    const known = {
      student: kept.student,
      facts: [...kept.facts.values()],
      days: [...kept.days.values()],
      pauses: kept.pauses,
      earned: kept.earned,
    }
    const settled = settle(known, reports, at)
    kept.student = settled.student
    for (const fact of settled.facts) kept.facts.set(fact.lessonId, fact)
    for (const day of settled.days) kept.days.set(day.day, day)
    for (const { code } of settled.earned) kept.earned.add(code)
    for (const row of settled.rows) {
      const key = `${row.kind} ${row.sourceId} ${row.seq}`
      expect(kept.rows.has(key), key).to.equal(false)
      kept.rows.set(key, row)
    }
    kept.says.push(...settled.says)
  }
  const hear = (...batch: HeardLesson[]) => {
    const holders = [...kept.facts.values()].map(({ lessonId, version }) => ({
      lessonId,
      version,
      studentId: kept.student.id,
      schoolId: kept.student.schoolId,
    }))
    const news = newsOf(batch, holders)
    if (news.length > 0) change(news)
  }
  const sums = () => {
    const perSource = Map.groupBy(kept.rows.values(), ({ sourceId }) => sourceId)
    return Object.fromEntries(
      [...perSource]
        .map(([id, rows]) => [id, rows.reduce((sum, { delta }) => sum + delta, 0)])
        .filter(([, sum]) => sum !== 0)
        .sort(),
    )
  }
  const lessonXp = () => [...kept.rows.values()].filter(({ kind }) => kind === 'lesson').reduce((sum, { delta }) => sum + delta, 0)
  const total = () => [...kept.rows.values()].reduce((sum, { delta }) => sum + delta, 0)
  const said = (name: string) => kept.says.filter((one) => one.name === name).map(({ body }) => body)
  return { kept, change, hear, sums, lessonXp, total, said }
}

type Given = Partial<HeardReport> & { lessonId: string }
const report = (given: Given): HeardReport => ({
  version: 1,
  held: true,
  heldAt: Date.parse('2026-11-20T12:00:00Z'),
  type: 'individual',
  subject: 'maths',
  minutes: 60,
  attendance: 'attended',
  percent: null,
  eventId: `${given.lessonId}-${given.version ?? 1}`,
  correlationId: 'c',
  studentId: 'ann',
  schoolId: 'school',
  ...given,
})
const lesson = (given: Given): HeardLesson => ({ lessonId: given.lessonId, version: given.version ?? 1, reports: [report(given)] })

describe('settling a student', () => {
  it('an attended lesson earns XP, the first achievement and its reward, and says so', () => {
    const ledger = ledgerOf()
    ledger.hear(lesson({ lessonId: 'a', percent: 95 }))
    expect(ledger.sums()).to.deep.equal({ a: 250, first_lesson: 50 })
    expect(ledger.kept.student).to.include({ totalXp: 300, level: 1, lessons: 1, minutes: 60 })
    expect(ledger.said('xp.earned')).to.have.length(2)
    expect(ledger.said('achievement.earned')).to.deep.equal([{ studentId: 'ann', code: 'first_lesson', rarity: 'common', rewardXp: 50 }])
  })

  it('the same report again changes nothing', () => {
    const ledger = ledgerOf()
    ledger.hear(lesson({ lessonId: 'a' }))
    const says = ledger.kept.says.length
    ledger.hear(lesson({ lessonId: 'a' }), lesson({ lessonId: 'a' }))
    expect(ledger.kept.says).to.have.length(says)
    expect(ledger.kept.student.lessons).to.equal(1)
  })

  it('a regrade is one row of the difference', () => {
    const ledger = ledgerOf()
    ledger.hear(lesson({ lessonId: 'a', percent: 95 }))
    ledger.hear(lesson({ lessonId: 'a', percent: 60, version: 2 }))
    const rows = [...ledger.kept.rows.values()]
      .filter(({ sourceId }) => sourceId === 'a')
      .map(({ delta, reason, seq }) => ({ delta, reason, seq }))
    expect(rows).to.deep.equal([
      { delta: 250, reason: 'lesson', seq: 0 },
      { delta: -70, reason: 'correction', seq: 1 },
    ])
  })

  it('a lesson taken back gives its XP back, and the level stays', () => {
    const ledger = ledgerOf()
    for (const lessonId of ['a', 'b', 'c', 'd']) ledger.hear(lesson({ lessonId, type: 'mock_exam', percent: 100 }))
    expect(ledger.kept.student.level).to.equal(2)
    for (const lessonId of ['a', 'b', 'c', 'd']) ledger.hear(lesson({ lessonId, version: 2, ...takenBack }))
    expect(ledger.lessonXp()).to.equal(0)
    expect(ledger.kept.student).to.include({ level: 2, lessons: 0, minutes: 0, totalXp: 50 })
  })

  it('an older version that comes late changes nothing', () => {
    const ledger = ledgerOf()
    ledger.hear(lesson({ lessonId: 'a', version: 3, ...takenBack }))
    ledger.hear(lesson({ lessonId: 'a', version: 2, percent: 95 }))
    expect(ledger.total()).to.equal(0)
  })

  it('a student that a newer version leaves out is not in the lesson, in either order', () => {
    const others = { lessonId: 'a', version: 2, reports: [report({ lessonId: 'a', version: 2, studentId: 'bob' })] }
    const ledger = ledgerOf()
    ledger.hear(lesson({ lessonId: 'a' }))
    ledger.hear(others)
    expect(ledger.lessonXp()).to.equal(0)
    expect(newsOf([others, lesson({ lessonId: 'a' })], []).map(({ studentId }) => studentId)).to.deep.equal(['bob'])
    expect(newsOf([lesson({ lessonId: 'a' })], [{ lessonId: 'a', studentId: 'bob', schoolId: 'school', version: 2 }])).to.deep.equal([])
  })

  it('the first four lessons of a day earn; a fifth is written as nothing, and a late earlier one takes its place', () => {
    const ledger = ledgerOf()
    const at = (hour: number) => ({ heldAt: Date.parse(`2026-11-20T${hour}:00:00Z`) })
    for (const hour of [11, 12, 13, 14, 15]) ledger.hear(lesson({ lessonId: `${hour}h`, ...at(hour) }))
    expect(ledger.lessonXp()).to.equal(600)
    expect(ledger.kept.rows.get('lesson 15h 0')).to.include({ delta: 0, reason: 'daily_lessons' })
    ledger.hear(lesson({ lessonId: '10h', ...at(10), percent: 100 }))
    expect(ledger.lessonXp()).to.equal(700)
    expect(ledger.kept.rows.get('lesson 14h 1')).to.include({ delta: -150, reason: 'recount' })
  })

  it('the daily cap cuts the last lessons of the day and shows it', () => {
    const xp = { ...settings.xp, dailyCapXp: 200 }
    const ledger = ledgerOf()
    ledger.change([report({ lessonId: 'a' })], { ...terrain, settings: { ...settings, xp } })
    ledger.change([report({ lessonId: 'b', heldAt: Date.parse('2026-11-20T13:00:00Z') })], { ...terrain, settings: { ...settings, xp } })
    expect(ledger.lessonXp()).to.equal(200)
    expect(ledger.kept.rows.get('lesson b 0')).to.include({ delta: 50, reason: 'lesson' })
    expect(ledger.kept.rows.get('lesson b 1')).to.include({ delta: 0, reason: 'daily_cap' })
  })

  it('a later change of settings rewrites nothing: a regrade keeps the terms of the first settlement', () => {
    const ledger = ledgerOf()
    ledger.hear(lesson({ lessonId: 'a' }))
    const doubled = { ...settings, xp: { ...settings.xp, multiplierPercent: { ...settings.xp.multiplierPercent, lesson: 200 } } }
    ledger.change([report({ lessonId: 'a', version: 2, percent: 95 })], { ...terrain, settings: doubled, generation: 8 })
    expect(ledger.lessonXp()).to.equal(250)
    expect(ledger.kept.rows.get('lesson a 1')).to.include({ generation: 7 })
  })

  it('absent, excused and too short lessons earn nothing and take nothing', () => {
    const ledger = ledgerOf()
    ledger.hear(
      lesson({ lessonId: 'a', attendance: 'unexcused' }),
      lesson({ lessonId: 'b', attendance: 'excused' }),
      lesson({ lessonId: 'c', minutes: 19 }),
    )
    expect(ledger.lessonXp()).to.equal(0)
  })

  it('who is no student earns nothing, and facts wait for the card of one who is not known yet', () => {
    const tutor = ledgerOf({ ...ann, role: 'tutor' })
    tutor.hear(lesson({ lessonId: 'a' }))
    expect(tutor.total()).to.equal(0)
    const unknown = ledgerOf({ ...ann, role: null, zones: [] })
    unknown.hear(lesson({ lessonId: 'a' }))
    expect(unknown.total()).to.equal(0)
    unknown.kept.student = ann
    unknown.change([])
    expect(unknown.sums()).to.deep.equal({ a: 150, first_lesson: 50 })
  })

  it('rewards are given to a fixpoint: a level that rewards reach earns its own achievement', () => {
    const ledger = ledgerOf({ ...ann, totalXp: 8_000, level: 4 })
    ledger.hear(lesson({ lessonId: 'a', type: 'trial' }))
    expect([...ledger.kept.earned]).to.have.members(['first_lesson', 'level_5'])
    expect(ledger.said('student.level_up')).to.deep.equal([{ studentId: 'ann', from: 4, to: 5 }])
  })

  it('several levels in one leap are said once', () => {
    const ledger = ledgerOf({ ...ann, totalXp: 900 })
    const xp = { ...settings.xp, multiplierPercent: { ...settings.xp.multiplierPercent, lesson: 1000 }, dailyCapXp: 100_000 }
    ledger.change([report({ lessonId: 'a' }), report({ lessonId: 'b' })], { ...terrain, settings: { ...settings, xp } })
    expect(ledger.said('student.level_up')).to.deep.equal([{ studentId: 'ann', from: 1, to: 3 }])
  })

  it('the rare ones wait until the student has been here two weeks', () => {
    const fresh = ledgerOf({ ...ann, lessons: 49, registeredAt: terrain.now - 86_400_000 })
    fresh.hear(lesson({ lessonId: 'a' }))
    expect([...fresh.kept.earned]).to.not.include('expert_50')
    fresh.change([], { ...terrain, now: terrain.now + 13 * 86_400_000 })
    expect([...fresh.kept.earned]).to.include('expert_50')
  })

  it('with the game off XP is counted silently', () => {
    const ledger = ledgerOf({ ...ann, gameOn: false })
    ledger.hear(lesson({ lessonId: 'a' }))
    expect(ledger.kept.student.totalXp).to.equal(200)
    expect(ledger.kept.says.map(({ name }) => name)).to.deep.equal(['xp.earned', 'xp.earned'])
    expect(ledger.said('xp.earned').every((body) => 'silent' in body && body.silent)).to.equal(true)
  })

  it('closing days spends a freeze once, tells it once, and a late lesson gives it back', () => {
    const ledger = ledgerOf()
    const on = (day: number, hour = 12) => Date.UTC(2026, 10, day, hour)
    for (const day of [10, 11]) ledger.change([report({ lessonId: `${day}`, heldAt: on(day) })], { ...terrain, now: on(day, 13) })
    for (const hour of [1, 2, 3]) ledger.change([], { ...terrain, now: on(13, hour) })
    expect(ledger.said('streak.frozen')).to.deep.equal([{ studentId: 'ann', day: '2026-11-12', days: 2, freezesLeft: 0 }])
    ledger.change([report({ lessonId: '12', heldAt: on(12) })], { ...terrain, now: on(13, 4) })
    expect([...ledger.kept.days.values()].map(({ kind }) => kind)).to.deep.equal(['active', 'active', 'active'])
    expect(ledger.said('streak.reached')).to.deep.equal([{ studentId: 'ann', days: 3 }])
  })

  const anyReport = fc.record({
    lesson: fc.integer({ min: 0, max: 25 }),
    version: fc.integer({ min: 1, max: 4 }),
    held: fc.boolean(),
    attendance: fc.constantFrom('attended', 'attended', 'excused', 'unexcused'),
    percent: fc.option(fc.integer({ min: 0, max: 100 })),
  })
  /** What is said of a version of a lesson is always the same, and when it was held is the same in all versions. */
  const history = fc
    .uniqueArray(anyReport, { selector: ({ lesson, version }) => `${lesson} ${version}`, minLength: 1, maxLength: 60 })
    .map((given) =>
      given.map(({ lesson: number, held, ...said }) =>
        lesson({
          lessonId: `lesson-${number}`,
          heldAt: Date.parse('2026-11-18T06:00:00Z') + (number % 11) * 5 * 3_600_000,
          ...said,
          ...(held ? { held } : takenBack),
        }),
      ),
    )
  const batches = (messages: HeardLesson[], size: number) =>
    Array.from({ length: Math.ceil(messages.length / size) }, (_, index) => messages.slice(index * size, (index + 1) * size))

  it('shuffled, repeated and late reports, in batches of any size, leave the same ledger sums', () => {
    const runs = history.chain((messages) =>
      fc.record({
        messages: fc.constant(messages),
        shuffled: fc.shuffledSubarray([...messages, ...messages, ...messages], { minLength: messages.length * 3 }),
        size: fc.integer({ min: 1, max: 7 }),
      }),
    )
    fc.assert(
      fc.property(runs, ({ messages, shuffled, size }) => {
        const [inOrder, other] = [ledgerOf(), ledgerOf()]
        inOrder.hear(...messages)
        for (const batch of batches(shuffled, size)) other.hear(...batch)
        const lessons = (ledger: typeof inOrder) =>
          Object.fromEntries(Object.entries(ledger.sums()).filter(([id]) => id.startsWith('lesson')))
        expect(lessons(other)).to.deep.equal(lessons(inOrder))
        expect(other.kept.student.totalXp).to.equal(other.total())
        expect(other.kept.student.subjects).to.deep.equal(inOrder.kept.student.subjects)
        expect(other.kept.student.minutes).to.equal(inOrder.kept.student.minutes)
        const marks = (ledger: typeof inOrder) =>
          [...ledger.kept.days.values()]
            .filter(({ marks }) => marks !== '')
            .map(({ day, marks, kind }) => [day, marks, kind])
            .sort()
        expect(marks(other)).to.deep.equal(marks(inOrder))
      }),
      { numRuns: 150 },
    )
  })

  it('lessons that nobody takes back leave the same total in any order', () => {
    const count = 30
    const attended = Array.from({ length: count }, (_, number) =>
      lesson({
        lessonId: `lesson-${number}`,
        percent: (number * 37) % 101,
        heldAt: Date.parse('2026-11-01T06:00:00Z') + number * 17 * 3_600_000,
      }),
    )
    const inOrder = ledgerOf()
    const tomorrow = { ...terrain, now: terrain.now + 86_400_000 }
    for (const one of attended) inOrder.hear(one)
    inOrder.change([], tomorrow)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...attended, ...attended], { minLength: 2 * count }),
        fc.integer({ min: 1, max: 9 }),
        (shuffled, size) => {
          const other = ledgerOf()
          for (const batch of batches(shuffled, size)) other.hear(...batch)
          other.change([], tomorrow)
          expect(other.sums()).to.deep.equal(inOrder.sums())
          expect(other.kept.student.level).to.equal(inOrder.kept.student.level)
          expect(other.kept.student.totalXp).to.equal(inOrder.kept.student.totalXp)
        },
      ),
      { numRuns: 60 },
    )
  })
})
