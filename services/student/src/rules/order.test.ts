import { expect } from 'chai'
import fc from 'fast-check'
import { ledgerOf, lesson, terrain } from '../../test/memory.ts'
import { type ConsumedLesson, takenBack } from './facts.ts'

describe('the order of reports', () => {
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
  const batches = (messages: ConsumedLesson[], size: number) =>
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
