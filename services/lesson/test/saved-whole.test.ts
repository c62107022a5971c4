import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import { changesOf, savesEveryField, withoutEmpty } from '@repitbot/kit/testing/saved-whole'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import fc from 'fast-check'
import type { Deps } from '../src/deps.ts'
import type { Lesson, Seat } from '../src/rules/lesson.ts'
import type { Series } from '../src/rules/series-lessons.ts'
import { timeFootprint } from '../src/rules/time-footprint.ts'
import { lessonService } from '../src/service.ts'
import {
  lessonId,
  lessonRows,
  names,
  otherLessonId,
  otherSeriesId,
  ruleRows,
  seatRows,
  seriesId,
  seriesRows,
  students,
  tutors,
  withNames,
} from './field-rows.ts'

describe('lesson: whatever a decision changes', () => {
  let world: World
  let store: Deps['store']
  let admin: Caller
  before(async () => {
    world = await openWorld({ services: [lessonService] })
    store = (world.services[0]!.deps as Deps).store
    const { people } = world
    for (const name of ['tutor', 'otherTutor', 'student', 'sibling'] as const) names.set(people[name].userId, name)
    tutors.push(people.tutor.userId, people.otherTutor.userId)
    students.push(people.student.userId, people.sibling.userId)
    admin = { ...people.admin, sessionId: randomUUIDv7(), reach: 'school' }
    const seat = { studentId: people.student.userId, name: 'student', priceMinor: 1, currency: 'RUB' }
    const both = { tutorId: people.tutor.userId, tutorName: 'tutor', type: 'group', subject: 'Maths', minutes: 60, version: 1 } as const
    const series: Series = {
      ...both,
      id: seriesId,
      rule: { freq: 'weekly', interval: 1, weekdays: [1], at: '17:00', zone: 'Europe/Moscow', from: '2026-09-07' },
      students: [seat],
    }
    for (const id of [seriesId, otherSeriesId])
      await store.planSeries(admin, [], () => ({ series: { ...series, id }, changed: [], added: [] }))
    const lesson: Lesson = {
      ...both,
      id: lessonId,
      startsAt: '2026-09-07T14:00:00.000Z',
      zone: 'Europe/Moscow',
      status: 'scheduled',
      students: [seat],
    }
    await insert(lesson)
  })
  after(() => world.close())

  const insert = (lesson: Lesson) => store.planLessons(admin, { ids: [] }, () => [{ lesson, events: [] }])
  const readLesson = () => store.getLesson(admin, lessonId)
  const saveLesson = (lesson: Lesson) => store.changeLesson(admin, lessonId, () => ({ lesson, events: [] }))
  const readSeries = async () => (await store.getSeries(admin, seriesId, () => '2026-01-01')).series
  const saveSeries = (series: Series) => store.changeSeries(admin, seriesId, async () => ({ series, changed: [], added: [] }))
  const holds = (id: string) =>
    world.sql(
      `select person_id as "personId", lower(during) as starts, upper(during) as ends from lesson.hold where lesson_id = $1 order by person_id`,
      [id],
    )
  const footprint = (lesson: Lesson) =>
    timeFootprint(lesson).map(({ personId, startsAt, minutes: length }) => ({
      personId,
      starts: new Date(startsAt),
      ends: new Date(Date.parse(startsAt) + length * 60_000),
    }))

  savesEveryField('lesson', { rows: lessonRows, read: readLesson, save: saveLesson, expected: withNames })

  savesEveryField('seat', {
    rows: seatRows,
    read: async () => (await readLesson()).students[0] as Seat,
    save: async (seat) => saveLesson({ ...(await readLesson()), students: [seat] }),
    expected: (seat) => ({ ...seat, name: names.get(seat.studentId) ?? '' }),
  })

  savesEveryField('series', { rows: seriesRows, read: readSeries, save: saveSeries, expected: withNames })

  savesEveryField('rule of a series', {
    rows: ruleRows,
    read: async () => (await readSeries()).rule,
    save: async (rule) => saveSeries({ ...(await readSeries()), rule }),
  })

  it('all of it at once is saved, planned anew or with others of a series, and takes just the time that it now is', async () => {
    const given = fc.tuple(changesOf(lessonRows), changesOf(lessonRows))
    await fc.assert(
      fc.asyncProperty(given, async ([inserted, changed]) => {
        await world.sql('delete from lesson.lesson where id = $1', [otherLessonId])
        const apart = { startsAt: '2027-06-01T10:00:00.000Z', seriesId: undefined }
        const other = { ...(await readLesson()), ...inserted, ...apart, id: otherLessonId }
        await insert(other)
        expect(await store.getLesson(admin, otherLessonId)).to.eql(withoutEmpty(withNames(other)))
        await saveLesson({ ...(await readLesson()), seriesId, seriesOn: '2026-09-07' })
        await store.changeLesson(admin, otherLessonId, (lesson) => ({
          lesson: { ...lesson, seriesId, seriesOn: '2026-09-14' },
          events: [],
        }))
        const exchanged = { ...other, ...changed, ...apart, seriesId, seriesOn: '2026-09-07' }
        const first = { ...(await readLesson()), seriesOn: '2026-09-14' }
        await store.changeSeries(admin, seriesId, async ({ series, lessons }) => {
          await lessons('2026-01-01')
          return { series, changed: [first, exchanged].map((lesson) => ({ lesson, events: [] })), added: [] }
        })
        for (const lesson of [first, exchanged]) {
          expect(await store.getLesson(admin, lesson.id)).to.eql(withoutEmpty(withNames(lesson)))
          expect(await holds(lesson.id)).to.eql(footprint(lesson))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('of a report leaves the time of everybody untouched', async () => {
    const untouched = () => world.sql('select person_id, xmin::text from lesson.hold where lesson_id = $1 order by person_id', [lessonId])
    await saveLesson({ ...(await readLesson()), status: 'scheduled' })
    const before = await untouched()
    await saveLesson({ ...(await readLesson()), status: 'completed', note: 'Well done' })
    expect(await untouched()).to.eql(before)
    expect(before).not.to.eql([])
  })
})
