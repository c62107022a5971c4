import { expect } from 'chai'
import { LessonPlan } from './lesson-plan.ts'
import { Zone } from './person-card.ts'
import { Name } from './profile.ts'
import { seriesApi } from './series.ts'
import { oneLine } from './text.ts'

const faults = (schema: { safeParse(value: unknown): { error?: { issues: { path: PropertyKey[] }[] } } }, value: object | string) =>
  schema.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? []

describe('contracts: a name of a thing', () => {
  for (const text of ['Алгебра', 'C++', '№ 5', '½', 'कखग', '🎻', ' Maths '])
    it(`may be ${text}`, () => expect(oneLine(100).parse(text)).to.equal(text.trim()))
  for (const text of ['\u200b\u200b', '\u2060', '\u00ad', '\u3164', '\u034f', '\u2800', '\u200e\u200f', '   ', ''])
    it(`is not only characters that nobody sees: ${JSON.stringify(text)}`, () => expect(faults(oneLine(100), text)).not.to.eql([]))
  for (const text of ['Maths\nBcc: evil@x', 'Maths\u0007', 'a\tb', 'a\u2028b', 'a\u0085b'])
    it(`is one line without control characters: ${JSON.stringify(text)}`, () => expect(faults(oneLine(100), text)).not.to.eql([]))

  it('is so for a person, a subject and a topic, of a lesson and a series', () => {
    const [blank, twoLines] = ['\u200b', 'Maths\nBcc: evil@x']
    for (const text of [blank, twoLines]) {
      expect(faults(Name, text)).to.eql([''])
      expect(faults(LessonPlan, { subject: text, topic: text })).to.include.members(['subject', 'topic'])
      expect(faults(seriesApi.endpoints.plan.body, { subject: text })).to.include('subject')
    }
  })
})

describe('contracts: a time zone', () => {
  it('is kept under one name, whatever its letters', () => {
    expect([Zone.parse('europe/moscow'), Zone.parse('Europe/Moscow'), Zone.parse('utc')]).to.eql(['Europe/Moscow', 'Europe/Moscow', 'UTC'])
    expect(Zone.parse('Asia/Kolkata')).to.equal(Zone.parse('Asia/Calcutta'))
  })
  for (const text of ['+03:00', '-0500', '+03', 'GMT+3', 'MSK', 'Mars/Olympus', ''])
    it(`is not ${text || 'nothing'}, which never knows summer time`, () => expect(Zone.safeParse(text).success).to.equal(false))
})
