import { expect } from 'chai'
import { alone, anna, at, boris, completed, done, lesson, start, tutor } from '../../test/one-lesson.ts'
import { cancel, waive } from './cancel.ts'
import { cancellationCost, costsMoreThan, defaultPolicy, type FamilyTerms } from './cancellation-cost.ts'
import type { Lesson } from './lesson.ts'
import { restore, restoreByFamily } from './restore.ts'

describe('calling a lesson off', () => {
  const minute = 60_000
  const family: FamilyTerms = { ...defaultPolicy, mayCharge: true }
  const student: FamilyTerms = { ...defaultPolicy, mayCharge: false }
  const costAt = (when: Date, terms = family, of = alone) => {
    const cost = cancellationCost(of, terms, when)
    return typeof cost === 'string' ? cost : [cost.chargePercent, cost.chargeMinor]
  }
  const notice = at(-24)
  const after = (ms: number) => new Date(notice.getTime() + ms)
  const late = (hours: number) => done(cancel(alone, { by: anna, chargePercent: 100 }, at(hours))).lesson

  it('by the tutor is free at any time, with a make-up credit if given', () => {
    const { lesson: next, events } = done(cancel(lesson, { by: tutor, makeUpCredit: true }, at(1)))
    expect(next.status).to.equal('cancelled_free')
    expect(events[0]?.body).to.include({ chargePercent: 0, makeUpCredit: true, cancelledBy: tutor })
  })
  it('by the family is free up to the notice, and costs the price from the next moment on', () => {
    expect(costAt(after(-minute))).to.eql([0, 0])
    expect(costAt(notice)).to.eql([0, 0])
    expect(costAt(after(1))).to.eql([100, 150_000])
    expect(costAt(after(minute))).to.eql([100, 150_000])
    expect(late(-1)).to.include({ status: 'cancelled_chargeable', version: 2 })
  })
  it('names until when it is free, the notice and what it costs later', () =>
    expect(cancellationCost(alone, family, at(-48))).to.eql({
      freeUntil: notice.toISOString(),
      noticeHours: 24,
      lateChargePercent: 100,
      chargePercent: 0,
      chargeMinor: 0,
      currency: 'RUB',
    }))
  it('costs the half of an odd price rounded up', () => {
    const seats = [{ ...alone.students[0]!, priceMinor: 12_345 }]
    expect(costAt(at(-1), { ...family, lateChargePercent: 50 }, { ...alone, students: seats })).to.eql([50, 6_173])
  })
  it('late is free up to the start where the school charges nothing, or asks for no notice', () => {
    const nothing = { ...family, lateChargePercent: 0 as const }
    expect(costAt(at(-0.01), nothing)).to.eql([0, 0])
    expect(cancellationCost(alone, nothing, at(-1))).to.include({ freeUntil: start })
    expect(costAt(at(-0.01), { ...family, noticeHours: 0 })).to.eql([0, 0])
  })
  it('by a student whose lessons others pay for is refused where it costs, and free where it does not', () => {
    expect(costAt(notice, student)).to.eql([0, 0])
    expect(costAt(after(1), student)).to.equal('charge_needs_parent')
  })
  it('by the family is refused from its start, in a group, and when it is cancelled or held', () => {
    expect(costAt(new Date(Date.parse(start) - 1))).to.eql([100, 150_000])
    expect(costAt(at(0))).to.equal('already_started')
    expect(costAt(at(-48), family, lesson)).to.equal('group_lesson')
    expect(costAt(at(-48), family, late(-50))).to.equal('already_cancelled')
    expect(costAt(at(2), family, completed)).to.equal('already_completed')
  })
  it('costs more than was shown when the percent or the sum is higher', () => {
    const cost = cancellationCost(alone, { ...family, lateChargePercent: 50 }, at(-1))
    if (typeof cost === 'string') throw new Error(cost)
    const than = (chargePercent: number, chargeMinor: number) => costsMoreThan(cost, { chargePercent, chargeMinor })
    expect([than(50, 75_000), than(100, 150_000)]).to.eql([false, false])
    expect([than(0, 75_000), than(50, 74_999), than(49, 75_000), than(0, 0)]).to.eql([true, true, true, true])
  })
  it('twice is refused, and after the report', () => {
    expect(cancel({ ...lesson, status: 'cancelled_free' }, { by: tutor }, at(-1))).to.equal('already_cancelled')
    expect(cancel(completed, { by: tutor }, at(2))).to.equal('already_completed')
  })
  it('too late can be waived for seven days to the moment, once', () => {
    const week = 7 * 24
    const waived = done(waive(late(-1), at(-1 + week)))
    expect(waived.lesson).to.include({ status: 'cancelled_free', version: 3 })
    expect(waived.events[0]?.body).to.include({ chargePercent: 0, waived: true, cancelledBy: anna })
    expect(waive(waived.lesson, at(0))).to.equal('nothing_to_waive')
    expect(waive(late(-1), new Date(at(-1 + week).getTime() + 1))).to.equal('too_late_to_waive')
  })
})

describe('bringing a cancelled lesson back', () => {
  const cancelled = (hours: number, by = anna) => done(cancel(alone, { by, chargePercent: 100 }, at(hours))).lesson
  const plus = (when: Date, ms: number) => new Date(when.getTime() + ms)
  const minute = 60_000

  it('leaves a scheduled lesson without a charge, and says who did it', () => {
    const { lesson: next, events } = done(restore(cancelled(-1), tutor, at(0)))
    expect(next).to.eql({ ...alone, cancellation: undefined, version: 3 })
    expect(events.map(({ name }) => name)).to.eql(['lesson.restored'])
    expect(events[0]?.body).to.include({ restoredBy: tutor, version: 3, startsAt: start })
  })
  it('is possible for seven days after the later of its start and its cancellation, to the moment', () => {
    const week = 7 * 24
    expect(done(restore(cancelled(-200), tutor, at(week))).lesson.status).to.equal('scheduled')
    expect(restore(cancelled(-200), tutor, plus(at(week), 1))).to.equal('too_late_to_restore')
    expect(done(restore(cancelled(5), tutor, at(5 + week))).lesson.status).to.equal('scheduled')
    expect(restore(cancelled(5), tutor, plus(at(5 + week), 1))).to.equal('too_late_to_restore')
  })
  it('is refused for one that is not cancelled', () => {
    expect(restore(alone, tutor, at(-1))).to.equal('not_cancelled')
    expect(restoreByFamily(completed, { by: anna, policy: defaultPolicy }, at(-1))).to.equal('not_cancelled')
  })
  const byFamily = (of: Lesson, when: Date, by = anna) => {
    const outcome = restoreByFamily(of, { by, policy: defaultPolicy }, when)
    return typeof outcome === 'string' ? outcome : outcome.lesson.status
  }
  it('by the family is possible up to the notice, and for five minutes after a mistake', () => {
    expect(byFamily(cancelled(-48), at(-24))).to.equal('scheduled')
    expect(byFamily(cancelled(-48), plus(at(-24), 1))).to.equal('too_late_to_restore')
    expect(byFamily(cancelled(-2), plus(at(-2), 5 * minute))).to.equal('scheduled')
    expect(byFamily(cancelled(-2), plus(at(-2), 5 * minute + 1))).to.equal('too_late_to_restore')
  })
  it('by the family is refused from the start on', () => {
    const atTheLastMinute = cancelled(-1 / 60)
    expect(byFamily(atTheLastMinute, plus(at(0), -1))).to.equal('scheduled')
    expect(byFamily(atTheLastMinute, at(0))).to.equal('too_late_to_restore')
  })
  it('by the family is for whoever cancelled it', () => {
    expect(byFamily(cancelled(-48, tutor), at(-40))).to.equal('not_yours_to_restore')
    expect(byFamily(cancelled(-48, boris), at(-40))).to.equal('not_yours_to_restore')
  })
})
