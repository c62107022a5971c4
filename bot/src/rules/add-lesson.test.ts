import { expect } from 'chai'
import fc from 'fast-check'
import {
  back,
  beginDraft,
  change,
  countSteps,
  type Draft,
  isComplete,
  takeDay,
  takeHour,
  takeMinutes,
  takePrice,
  takeRepeat,
  takeSubject,
  takeTime,
  takeWho,
  turnMonth,
} from './add-lesson.ts'

const today = '2026-11-26'
const who = { id: 'a', name: 'Anna' }
const answers = [
  (draft: Draft) => takeWho(draft, who, {}),
  (draft: Draft) => takeSubject(draft, 'Maths'),
  (draft: Draft) => takeDay(draft, '2026-12-01', today),
  (draft: Draft) => takeTime(draft, '17:15'),
  (draft: Draft) => takeMinutes(draft, '60'),
  (draft: Draft) => takeRepeat(draft, 'weekly'),
  (draft: Draft) => takePrice(draft, '1500'),
]
const draftAt = (upTo: number): Draft =>
  answers.slice(0, upTo).reduce((draft, answer) => {
    const next = answer(draft)
    if (typeof next === 'string') throw new Error(next)
    return next
  }, beginDraft())

describe('the steps of planning a lesson', () => {
  it('lead from the student to the last card, are counted, and make a whole draft', () => {
    expect(answers.map((_, at) => countSteps(draftAt(at)).step)).to.deep.equal([1, 2, 3, 4, 5, 6, 7])
    expect(countSteps(draftAt(3)).of).to.equal(8)
    const whole = draftAt(7)
    expect(whole.at).to.equal('confirm')
    expect(isComplete(whole)).to.equal(true)
    expect(isComplete(draftAt(6))).to.equal(false)
  })

  it('lead back the same way from anywhere, and end at the first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), (upTo) => {
        let draft: Draft | undefined = draftAt(upTo)
        for (let left = upTo; left > 0; left--) {
          draft = draft && back(draft)
          expect(draft).to.deep.include({ at: draftAt(left - 1).at, asked: draftAt(left - 1).asked })
        }
        expect(draft && back(draft)).to.equal(undefined)
      }),
    )
  })

  it('lead back from a change on the last card to the whole draft as it was', () => {
    const whole = draftAt(7)
    for (const step of ['subject', 'day', 'time', 'minutes', 'repeat', 'price'] as const) {
      const kept = back(change(whole, step))
      expect(kept, step).to.deep.include({ at: 'confirm', day: whole.day, time: whole.time, priceMinor: whole.priceMinor })
      expect(isComplete(kept as Draft), step).to.equal(true)
    }
    const again = back(takeSubject(change(whole, 'subject'), 'Art') as Draft) as Draft
    expect(again.at).to.equal('subject')
    expect(back(again)).to.deep.include({ at: 'confirm', subject: 'Art' })
  })

  it('leave out what is filled in, and come back to the last card after a change there', () => {
    const usual = takeWho(beginDraft(), who, { subject: 'Physics', priceMinor: 100 })
    expect(usual.at).to.equal('day')
    const changed = takeSubject(change(draftAt(7), 'subject'), 'Art')
    expect(changed).to.deep.include({ at: 'confirm', subject: 'Art' })
    expect(back(changed as Draft)?.at).to.equal('subject')
  })

  for (const [text, time] of [
    ['17:15', '17:15'],
    ['9.30', '09:30'],
    ['9', '09:00'],
    [' 0:05 ', '00:05'],
  ] as const)
    it(`take ${text} for ${time}`, () => expect(takeTime(draftAt(3), text)).to.deep.include({ time }))
  for (const text of ['24:00', '17:60', 'five', '', '17:1'])
    it(`do not take ${text || 'nothing'} for a time`, () => expect(takeTime(draftAt(3), text)).to.equal('time_form'))

  for (const [text, priceMinor] of [
    ['1500', 150_000],
    ['1 500,50', 150_050],
    ['0', 0],
    ['100000', 10_000_000],
    ['19.99', 1_999],
    ['0,07', 7],
  ] as const)
    it(`take ${text} for a price`, () => expect(takePrice(draftAt(6), text)).to.deep.include({ priceMinor }))
  for (const text of ['100001', '-1', '1500 rub', ''])
    it(`do not take ${text || 'nothing'} for a price`, () => expect(takePrice(draftAt(6), text)).to.equal('price_form'))

  it('take a price in the currency that is usual with the student', () => {
    const usual = takeWho(beginDraft(), who, { subject: 'Art', currency: 'JPY' })
    expect(takePrice({ ...usual, at: 'price' }, '1500')).to.deep.include({ priceMinor: 1_500, currency: 'JPY' })
    expect(takePrice({ ...usual, at: 'price' }, '19.99')).to.equal('price_form')
  })

  it('take no day that is over, that is more than a year ahead, or that does not exist', () => {
    expect(takeDay(draftAt(2), '2026-11-25', today)).to.equal('day_past')
    expect(takeDay(draftAt(2), today, today)).to.deep.include({ day: today })
    expect(takeDay(draftAt(2), '2027-12-01', today)).to.equal('day_far')
    expect(takeDay(draftAt(2), '2026-02-30', today)).to.equal('day_form')
    expect(turnMonth(draftAt(2), '2026-10', today)).to.equal('choose')
    expect(turnMonth(draftAt(2), '2027-11', today)).to.deep.include({ month: '2027-11' })
  })

  it('take whole minutes within their bounds, an hour of the day, and no other repeat', () => {
    expect(takeMinutes(draftAt(4), '5')).to.deep.include({ minutes: 5 })
    for (const text of ['4', '481', '1.5', 'an hour']) expect(takeMinutes(draftAt(4), text), text).to.equal('minutes_form')
    expect(takeHour(draftAt(3), 24)).to.equal('choose')
    expect(takeRepeat(draftAt(5), 'daily')).to.equal('choose')
    expect(takeSubject(draftAt(1), ' two   words ')).to.deep.include({ subject: 'two words' })
  })
})
