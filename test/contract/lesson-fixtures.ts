import type { LessonPlan } from '@repitbot/contracts/lesson-plan'
import { type Member, type Platform, worldStart } from '../platform.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const now = Date.parse(worldStart)
/** A period that holds all lessons of the test world. */
export const whole = { from: new Date(now - 360 * dayMs).toISOString(), until: new Date(now + 700 * dayMs).toISOString() }

type When = 'held' | 'ahead' | 'far'

/** Makes lessons and series for the samples: each is new, belongs to the given person, and has a time of its own. */
export function lessonFixtures({ people, as }: Platform) {
  const made = { held: 0, ahead: 0, far: 0, series: 0 }
  const first: Record<When, number> = { held: now - 350 * dayMs, ahead: now + 60 * minuteMs, far: now + 30 * dayMs }
  /**
   * The next free time: half hours from a year ago on; quarters of an hour from an hour ahead on, near enough for a cancellation to be
   * charged, or from a month ahead on, far enough for it to be free.
   */
  const slot = (when: When) => new Date(first[when] + made[when]++ * (when === 'held' ? 30 : 15) * minuteMs).toISOString()
  const adminOf = ({ schoolId }: Member) => (schoolId === people.admin.schoolId ? people.admin : people.stranger)
  const tutorOf = ({ userId, schoolId }: Member) =>
    schoolId !== people.tutor.schoolId
      ? people.tutorB
      : [people.otherStudent, people.otherTutor].some((one) => one.userId === userId)
        ? people.otherTutor
        : people.tutor
  const studentOf = (tutor: Member) =>
    tutor.userId === people.tutor.userId
      ? people.student
      : tutor.userId === people.otherTutor.userId
        ? people.otherStudent
        : people.studentB
  /** Who pays for the student's lessons. */
  const payerOf = (student: Member) =>
    student === people.studentB ? student : student === people.otherStudent ? people.otherParent : people.parent
  const seat = ({ userId }: Member) => ({ studentId: userId, priceMinor: 150_000, currency: 'RUB' })

  /** A lesson of this tutor, or with this student; `seats` are further students. */
  const lesson = async (owner: Member, when: When = 'held', seats: Member[] = []): Promise<string> => {
    const tutor = owner.role === 'tutor' ? owner : tutorOf(owner)
    const student = owner.role === 'student' ? owner : studentOf(tutor)
    const type: LessonPlan['type'] = seats.length ? 'group' : 'individual'
    const plan = {
      type,
      subject: 'Maths',
      startsAt: slot(when),
      minutes: when === 'held' ? 25 : 15,
      students: [student, ...seats].map(seat),
    }
    const { id } = await as(adminOf(tutor)).lessons.plan({ ...plan, tutorId: tutor.userId })
    return id
  }
  const attended = (...students: Member[]) =>
    students.map(({ userId }) => ({ studentId: userId, attendance: 'attended' as const, grade: { scale: 'five' as const, value: 5 } }))
  const held = async (owner: Member, seats: Member[] = []) => {
    const lessonId = await lesson(owner, 'held', seats)
    const tutor = owner.role === 'tutor' ? owner : tutorOf(owner)
    const first = owner.role === 'student' ? owner : studentOf(tutor)
    await as(tutor).lessons.complete({ lessonId, note: 'To the family', privateNote: 'private-note', students: attended(first, ...seats) })
    return lessonId
  }
  const seriesPlan = (tutor: Member) => ({
    type: 'individual' as const,
    subject: 'Maths',
    minutes: 15,
    freq: 'daily' as const,
    at: '12:00',
    from: new Date(now + (200 + (made.series++ % 400)) * dayMs).toISOString().slice(0, 10),
    count: 1,
    students: [seat(studentOf(tutor))],
  })
  /** A lesson that the tutor cancelled. */
  const cancelled = async (tutor: Member) => {
    const lessonId = await lesson(tutor, 'far')
    await as(tutor).lessons.cancel({ lessonId })
    return lessonId
  }
  /** A lesson that this caller of its family cancelled free of charge, or its student where the caller may not. */
  const calledOff = async (student: Member, caller: Member) => {
    const lessonId = await lesson(student, 'far')
    await as(caller)
      .familyLessons.cancel({ lessonId })
      .catch(() => as(student).familyLessons.cancel({ lessonId }))
    return lessonId
  }
  /** A series that has changed once, and is of version 2. */
  const changedSeries = async (tutor: Member) => {
    const { id } = await as(tutor).series.plan(seriesPlan(tutor))
    await as(tutor).series.change({ seriesId: id, scope: 'all', version: 1, subject: 'Physics' })
    return id
  }
  const series = async (tutor: Member) => (await as(tutor).series.plan(seriesPlan(tutor))).id

  /** A lesson that the family cancelled too late, so that there is a charge. */
  const charged = async (tutor: Member) => {
    const lessonId = await lesson(tutor, 'ahead')
    const cost = { chargePercent: 50, chargeMinor: 75_000 }
    await as(payerOf(studentOf(tutor))).familyLessons.cancel({ lessonId, ...cost })
    return lessonId
  }
  return {
    slot,
    adminOf,
    tutorOf,
    studentOf,
    payerOf,
    seat,
    lesson,
    attended,
    held,
    seriesPlan,
    cancelled,
    calledOff,
    changedSeries,
    series,
    charged,
  }
}
