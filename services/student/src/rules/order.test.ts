import { expect } from 'chai'
import fc from 'fast-check'
import { context, ledgerOf, lesson } from '../../test/memory.ts'
import { type LessonReports, takenBack } from './facts.ts'

describe('the order of reports', () => {
  const anyReport = fc.record({
    lesson: fc.integer({ min: 0, max: 25 }),
    version: fc.integer({ min: 1, max: 4 }),
    held: fc.boolean(),
    attendance: fc.constantFrom('attended', 'attended', 'excused', 'unexcused'),
    percent: fc.option(fc.integer({ min: 0, max: 100 })),
  })
  /** A version of a lesson always has the same content, and all versions have the same time. */
  const history = fc
    .uniqueArray(anyReport, { selector: ({ lesson, version }) => `${lesson} ${version}`, minLength: 1, maxLength: 60 })
    .map((given) =>
      given.map(({ lesson: number, held, ...report }) =>
        lesson({
          lessonId: `lesson-${number}`,
          heldAt: Date.parse('2026-11-18T06:00:00Z') + (number % 11) * 5 * 3_600_000,
          ...report,
          ...(held ? { held } : takenBack),
        }),
      ),
    )
  const batches = (messages: LessonReports[], size: number) =>
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
        inOrder.consume(...messages)
        for (const batch of batches(shuffled, size)) other.consume(...batch)
        const lessons = (ledger: typeof inOrder) =>
          Object.fromEntries(Object.entries(ledger.sums()).filter(([id]) => id.startsWith('lesson')))
        expect(lessons(other)).to.deep.equal(lessons(inOrder))
        expect(other.stored.student.totalXp).to.equal(other.total())
        expect(other.stored.student.subjects).to.deep.equal(inOrder.stored.student.subjects)
        expect(other.stored.student.minutes).to.equal(inOrder.stored.student.minutes)
        const digests = (ledger: typeof inOrder) =>
          [...ledger.stored.days.values()]
            .filter(({ digest }) => digest !== '')
            .map(({ day, digest, kind }) => [day, digest, kind])
            .sort()
        expect(digests(other)).to.deep.equal(digests(inOrder))
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
    const tomorrow = { ...context, now: context.now + 86_400_000 }
    for (const one of attended) inOrder.consume(one)
    inOrder.change([], tomorrow)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...attended, ...attended], { minLength: 2 * count }),
        fc.integer({ min: 1, max: 9 }),
        (shuffled, size) => {
          const other = ledgerOf()
          for (const batch of batches(shuffled, size)) other.consume(...batch)
          other.change([], tomorrow)
          expect(other.sums()).to.deep.equal(inOrder.sums())
          expect(other.stored.student.level).to.equal(inOrder.stored.student.level)
          expect(other.stored.student.totalXp).to.equal(inOrder.stored.student.totalXp)
        },
      ),
      { numRuns: 60 },
    )
  })
})
